import { afterEach, describe, expect, it } from "vitest";
import { newHome, removeHome } from "#test/support/worker.ts";
import { createUser, startTestConsole, withControl, type TestConsole } from "#test/support/console.ts";

const running: TestConsole[] = [];
const start = async (home: string, env: Readonly<Record<string, string>> = {}): Promise<TestConsole> => {
  const console = await startTestConsole(home, env);
  running.push(console);
  return console;
};
afterEach(async () => {
  for (const console of running.splice(0)) {
    await console.stop();
    removeHome(console.home);
  }
});

const linkOf = ({ said }: TestConsole): string | undefined =>
  /\bhttps?:\S+\/set-up\?key=\S+/u.exec(said.join("\n"))?.[0];

describe("the set-up link", () => {
  it("is printed at the first start, for the terminal and in no log line", async () => {
    const console = await start(newHome());
    await expect.poll(() => linkOf(console)).toBeDefined();
    const link = new URL(linkOf(console) ?? "");
    expect(link.host).toBe(new URL(console.url).host.replace("127.0.0.1", "localhost"));
    expect(link.searchParams.get("key")).toMatch(/^[\w-]{43}$/u);
    const logged = console.said.filter((line) => line.startsWith("{"));
    expect(logged.join("\n")).not.toContain(link.searchParams.get("key"));
    const page = await fetch(console.url + link.pathname + link.search);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Create the administrator");
  });

  it("is built from the public address", async () => {
    const console = await start(newHome(), { HOPLINE_PUBLIC_URL: "https://hopline.example.com/" });
    await expect.poll(() => linkOf(console)).toMatch(/^https:\/\/hopline\.example\.com\/set-up\?key=/u);
  });

  it("is not printed once there is an account, and its page leads to signing in", async () => {
    const home = newHome();
    await createUser(home, "li", "administrator");
    const console = await start(home);
    const page = await fetch(`${console.url}/set-up?key=${"x".repeat(43)}`, { redirect: "manual" });
    expect(page.headers.get("location")).toBe("/sign-in");
    expect(linkOf(console)).toBeUndefined();
  });

  it("of an older start is dead after a restart", async () => {
    const home = newHome();
    const first = await startTestConsole(home);
    await expect.poll(() => linkOf(first)).toBeDefined();
    await first.stop();
    const second = await start(home);
    await expect.poll(() => linkOf(second)).toBeDefined();
    expect(linkOf(second)?.split("key=")[1]).not.toBe(linkOf(first)?.split("key=")[1]);
  });

  it("stands in the store as a hash only", async () => {
    const home = newHome();
    const console = await start(home);
    await expect.poll(() => linkOf(console)).toBeDefined();
    const key = linkOf(console)?.split("key=")[1] ?? "";
    const admin = { name: "wang", passwordHash: "hash", createdAt: Date.now() };
    expect(await withControl(home, async ({ access }) => access.useSetupLink(key, admin))).toBeNull();
  });
});
