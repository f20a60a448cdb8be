import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { desktop, findAxeViolations, phone, picture, prepareBrowser, scrollsSideways } from "#test/support/browser.ts";
import { createUser, prepareConsole, signIn } from "#test/support/console.ts";

const kit = prepareConsole({ flows: {} });
const browser = prepareBrowser();
const run = promisify(execFile);
let cookie = "";

beforeAll(async () => {
  await createUser(kit.home, "chen", "engineer");
  cookie = await signIn(kit.url, "chen");
});

const at = (secondsAgo: number): string => new Date(Date.now() - secondsAgo * 1_000).toISOString();
const open = async (options: Parameters<typeof browser.open>[0] = {}) => {
  const opened = await browser.open({ cookie, url: kit.url, ...options });
  await opened.page.goto(kit.url);
  await opened.page.getByRole("heading", { name: /^1\. / }).waitFor();
  return opened;
};

describe("an empty start", () => {
  it.each([
    ["desktop", "light", "zh-CN"],
    ["phone", "dark", "zh-CN"],
    ["phone", "light", "en-US"],
  ] as const)("leads by the hand: %s, %s, %s", async (size, colorScheme, locale) => {
    const { page } = await open({ viewport: size === "phone" ? phone : desktop, colorScheme, locale });
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await picture(page, `first-${size}-${colorScheme}-${locale}`);
  });

  it("has a small company to look around in, and takes it away again without a trace", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Load the sample company" }).click();
    await page.getByRole("heading", { name: /records? needs? action/u }).waitFor({ timeout: 30_000 });
    const sample = page.getByRole("region", { name: "Look around with a sample company" });
    await sample.getByText("The sample company is loaded: its records are not yours.").waitFor({ timeout: 30_000 });
    expect(await page.getByRole("banner").textContent()).not.toContain("No data yet");
    expect(await findAxeViolations(page)).toEqual([]);
    await picture(page, "first-sample-desktop");
    await sample.getByRole("button", { name: "Remove the sample company" }).click();
    await page.getByText("Waiting for your first event…").waitFor({ timeout: 30_000 });
  });

  it("comes to a verdict without documentation: a command, the proposed flow, the answer", async () => {
    const { page, complaints } = await open();
    await page.getByText("Waiting for your first event…").waitFor();
    await page.getByRole("button", { name: "Make a token and a command" }).click();
    const command = page.getByRole("region", { name: "Command" }).locator("pre");
    await command.waitFor();
    await expect
      .poll(async () => (await run("sh", ["-c", (await command.textContent()) ?? ""])).stdout, { timeout: 10_000 })
      .toContain('"accepted":1');
    await page.getByText("Got it: 1 event received, newest from oms").waitFor();

    const event = (id: string, system: string, order: string, secondsAgo: number) => ({
      id,
      system,
      time: at(secondsAgo),
      keys: { order_no: order },
    });
    await kit.worker.sendHops([
      event("1", "oms", "SO-1043", 600),
      event("2", "payment", "SO-1043", 590),
      event("3", "finance", "SO-1043", 580),
      event("4", "oms", "SO-1044", 500),
      event("5", "payment", "SO-1044", 488),
    ]);
    await kit.worker.post("/v1/heartbeats", { source: "finance", time: at(0) });
    await page.getByText("Got them: 6 events received").waitFor({ timeout: 15_000 });
    await page.getByText("Read from 6 events of 3 records").waitFor();
    await page.getByRole("button", { name: "Look at the proposed flow" }).click();
    const file = page.getByRole("textbox", { name: /^The file/u });
    await file.waitFor();
    expect(await file.inputValue()).toContain("- { id: finance, system: finance, after: payment, within: 10s }");
    await page.getByText("Nothing is wrong with it.").waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await picture(page, "first-wizard-desktop");

    const within = page.getByRole("listitem").filter({ hasText: "finance" }).getByRole("textbox", { name: "Within" });
    await within.fill("soon");
    await page.getByText(/^Line 6: steps\[2\]\.within:/u).waitFor();
    expect(await page.getByRole("button", { name: "Put this flow in force" }).isDisabled()).toBe(true);
    await within.fill("20s");
    await page.getByRole("textbox", { name: "Title" }).fill("Order to cash");
    await page.getByText("Nothing is wrong with it.").waitFor();
    await page.getByRole("button", { name: "Put this flow in force" }).click();

    await page.getByRole("heading", { name: "1 record needs action" }).waitFor({ timeout: 20_000 });
    await page.getByRole("link", { name: "SO-1044" }).click();
    await page
      .getByText(/SO-1044 .*never reached finance/u)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it("keeps the wizard at hand, on a page of its own, also on a phone", async () => {
    const { page } = await browser.open({ cookie, url: kit.url, viewport: phone, locale: "zh-CN" });
    await kit.worker.sendHops([{ id: "w", system: "wms", time: at(5), keys: { parcel_no: "PX-1" } }]);
    await page.goto(`${kit.url}/start`);
    await page.getByRole("button", { name: "查看提出的流程" }).click();
    await page.getByText("没有问题。").waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await picture(page, "first-wizard-phone");
  });
});
