import { request } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { createUser, signIn, prepareConsole } from "#test/support/console.ts";

const kit = prepareConsole();
let cookie = "";
beforeAll(async () => {
  await createUser(kit.home, "li", "support");
  cookie = await signIn(kit.url, "li");
});

const nonceOf = (policy: string | null): string | undefined => /'nonce-([^']+)'/u.exec(policy ?? "")?.[1];

describe("every answer", () => {
  it.each(["/", "/sign-in", "/no/such/page", "/api/v1/flows", "/healthz"])("of %s carries the policy", async (path) => {
    const { headers } = await fetch(kit.url + path, { headers: { cookie }, redirect: "manual" });
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("form-action 'self'");
    const scripts = policy.split("; ").find((part) => part.startsWith("script-src"));
    expect(scripts).toMatch(/^script-src 'self' 'nonce-[^']{20,}' 'strict-dynamic'$/u);
    expect(policy).not.toContain("unsafe-eval");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-powered-by")).toBeNull();
  });

  it("has a nonce of its own, which every script of the page carries", async () => {
    const [one, two] = await Promise.all([
      fetch(`${kit.url}/`, { headers: { cookie } }),
      fetch(`${kit.url}/`, { headers: { cookie } }),
    ]);
    const [first, second] = [one, two].map((page) => nonceOf(page.headers.get("content-security-policy")));
    expect(first).not.toBe(second);
    const scripts = (await one.text()).match(/<script\b[^>]*>/gu) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((script) => !script.includes(`nonce="${first}"`))).toEqual([]);
  });

  it("names no other host", async () => {
    const page = await (await fetch(`${kit.url}/`, { headers: { cookie } })).text();
    const hosts = [...page.matchAll(/(?:src|href|action)="(?:https?:)?\/\/([^/"]+)/gu)].map((match) => match[1]);
    expect(hosts).toEqual([]);
  });

  it("is compressed where the browser takes it", async () => {
    const { headers } = await fetch(`${kit.url}/sign-in`, { headers: { "accept-encoding": "gzip" } });
    expect(headers.get("content-encoding")).toBe("gzip");
  });

  it("of a page is kept by nobody", async () => {
    const { headers } = await fetch(`${kit.url}/`, { headers: { cookie } });
    expect(headers.get("cache-control")).toContain("no-store");
  });
});

/** fetch does not let a test pretend to be a browser's own headers. */
const post = async (path: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      kit.url + path,
      { method: "POST", headers: { "content-type": "application/json", cookie, ...headers } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    sent.once("error", reject);
    sent.end(JSON.stringify({ text: "SO-1042", whole: false }));
  });

describe("a change asked for by a page elsewhere", () => {
  const path = "/api/console/search";
  it("is refused, however it is sent", async () => {
    expect(await post(path, { "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await post(path, { "sec-fetch-site": "same-site" })).toBe(403);
    expect(await post(path, { origin: "https://evil.example" })).toBe(403);
    expect(await post(path, { origin: "null" })).toBe(403);
    expect(await post(path, { origin: "https://evil.example", "x-forwarded-host": "evil.example" })).toBe(403);
  });

  it("is taken from our own page and from a program", async () => {
    expect(await post(path, { "sec-fetch-site": "same-origin", origin: kit.url })).toBe(200);
    expect(await post(path, {})).toBe(200);
  });
});

describe("the sign-in page", () => {
  it.each(["https://evil.example/", "//evil.example", String.raw`/\evil.example`, "javascript:alert(1)"])(
    "never leads to %s",
    async (next) => {
      const response = await fetch(`${kit.url}/sign-in?next=${encodeURIComponent(next)}`, {
        headers: { cookie },
        redirect: "manual",
      });
      expect(response.headers.get("location")).toBe("/");
    },
  );

  it("speaks the browser's language until somebody chose one", async () => {
    const inLanguage = async (headers: Readonly<Record<string, string>>): Promise<string> =>
      (await fetch(`${kit.url}/sign-in`, { headers })).text();
    expect(await inLanguage({ "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" })).toMatch(/<html lang="zh-CN"/u);
    expect(await inLanguage({ "accept-language": "fr, en;q=0.5" })).toMatch(/<html lang="en"/u);
    const chosen = await inLanguage({ "accept-language": "en", cookie: "hopline.language=zh; hopline.theme=dark" });
    expect(chosen).toMatch(/<html lang="zh-CN" data-theme="dark"/u);
  });
});

describe("a form that the browser sent before the page's script ran", () => {
  const post = async (path: string): Promise<{ status: number | undefined; location: string | undefined }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(kit.url);
      const headers = { "content-type": "application/x-www-form-urlencoded", cookie };
      const sent = request({ hostname, port, path, method: "POST", headers }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, location: answer.headers.location });
      });
      sent.on("error", reject);
      sent.end("name=li&password=early-bird");
    });

  it("leads back to its page", async () => {
    expect(await post("/sign-in?next=%2Fflows")).toEqual({ status: 303, location: "/sign-in?next=%2Fflows" });
  });

  it.each(["//evil.example/sign-in", "/\\evil.example/sign-in"])("never leads elsewhere: %s", async (path) => {
    expect(await post(path)).toEqual({ status: 303, location: "/evil.example/sign-in" });
  });
});
