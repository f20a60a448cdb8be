import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { desktop, findAxeViolations, phone, picture, prepareBrowser, scrollsSideways } from "#test/support/browser.ts";
import { createUser, prepareConsole, signIn } from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";

const flow = `
flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
record: { primary: order_no, searchable: [customer_phone] }
steps:
  - { id: placed, system: oms }
  - { id: posted, system: finance, after: placed, within: 5m, sources: [finance] }
`;
const systems = "oms: { title: { en: Order centre, zh: 订单中心 } }\nfinance: { title: { en: Finance, zh: 财务 } }\n";
const kit = prepareConsole({ flows: { "orders.yaml": flow, "systems.yaml": systems } });
const browser = prepareBrowser();
let cookie = "";
const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

beforeAll(async () => {
  await createUser(kit.home, "li", "support");
  cookie = await signIn(kit.url, "li");
  const orders = Array.from({ length: 60 }, (_, place) => `SO-${1042 + place}`);
  await kit.worker.sendHops([
    ...orders.map((order, place) => ({
      id: order,
      system: "oms",
      step: "placed",
      time: at(60),
      keys: { order_no: order, ...(place === 0 && { customer_phone: "13800138000" }) },
    })),
    ...orders.slice(2).map((order) => ({
      id: `f ${order}`,
      system: "finance",
      source: "finance",
      step: "posted",
      time: at(59),
      keys: { order_no: order },
    })),
    {
      id: "f1043",
      system: "finance",
      source: "finance",
      step: "posted",
      time: at(58),
      keys: { order_no: "SO-1043" },
      outcome: "failed",
      error: { class: "missing_field", field: "tax_no", message: "<script>window.hacked=1</script>" },
    },
  ]);
  await kit.worker.post("/v1/heartbeats", { source: "finance", time: new Date().toISOString() });
  await waitFor("the last order to be found", async () => {
    const response = await fetch(`${kit.url}/api/console/look-up`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({ keys: ["SO-1101", "SO-1042"] }),
    });
    return /"completed".*"overdue"/su.test(await response.text());
  });
});

/** As if pasted from a chat: what the clipboard holds, into whatever has the focus. */
const paste = async (page: Page, text: string): Promise<void> => {
  await page.evaluate(async (held) => navigator.clipboard.writeText(held), text);
  await page.keyboard.press("Control+v");
};
const open = async (options: Parameters<typeof browser.open>[0] = {}) => {
  const opened = await browser.open({
    cookie,
    url: kit.url,
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  await opened.page.goto(kit.url);
  await expect.poll(async () => opened.page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
  return opened;
};
const message = "客户在催 SO-1042 和 SO-1043，还有 138 0013 8000 的单，SO-1044 呢？顺便 SO-9999，11月23号前";

describe("a chat message pasted on home", () => {
  it("becomes a line for each number, with one paste", async () => {
    const { page, requests, complaints } = await open();
    const missing: string[] = [];
    page.on("response", (response) => {
      if (response.status() >= 400) missing.push(response.url());
    });
    await paste(page, message);
    await page.waitForURL(`${kit.url}/look-up`);
    const rows = page.locator("tbody tr");
    await expect.poll(async () => rows.count()).toBe(5);
    const texts = await rows.allTextContents();
    expect(texts[0]).toMatch(/SO-1042.*Overdue.*Order centre → Finance/su);
    expect(texts[1]).toMatch(/SO-1043.*Failed.*Field missing tax_no/su);
    expect(texts[2]).toMatch(/138\*\*\*\*8000.*SO-1042/su);
    expect(texts[3]).toMatch(/SO-1044.*Completed/su);
    expect(texts[4]).toMatch(/SO-9999.*Not found/su);
    expect(await page.textContent("main form")).toMatch(/5 numbers.*Left out.*客户在催/su);
    expect(requests.filter((url) => /138|SO-10/u.test(url))).toEqual([]);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.getByRole("button", { name: /^Failed 1/u }).click();
    await expect.poll(async () => rows.count()).toBe(1);
    await rows.first().click();
    await page.waitForURL(`${kit.url}/record/order_no/SO-1043`);
    await page.goBack();
    await expect.poll(async () => rows.count()).toBe(5);
    expect([...missing, ...complaints]).toEqual([]);
  });

  it("is read for its one number where there is only one", async () => {
    const { page } = await open();
    await paste(page, "麻烦看下 SO-1044 到哪了");
    expect(await page.getByRole("combobox").inputValue()).toBe("SO-1044");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${kit.url}/record/order_no/SO-1044`);
  });
});

describe("the look-up page", () => {
  it("pages by fifty, and hands the lines on as a file and as text", async () => {
    const { page } = await open();
    await paste(page, Array.from({ length: 60 }, (_, place) => `SO-${1042 + place}`).join("\n"));
    const rows = page.locator("tbody tr");
    await expect.poll(async () => rows.count()).toBe(50);
    await page.getByRole("button", { name: "Next 10" }).click();
    await expect.poll(async () => rows.count()).toBe(60);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export as CSV" }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe("hopline-look-up.csv");
    const file = readFileSync(await saved.path(), "utf8");
    expect(file.split("\r\n")).toHaveLength(62);
    expect(file.startsWith("\uFEFFNumber,")).toBe(true);
    await page.getByRole("button", { name: "Copy as text" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(async () => navigator.clipboard.readText());
    expect(copied.split("\n")[0]).toMatch(/^SO-1042 · Overdue · SO-1042 .*Finance/u);
  });

  it.each([
    ["desktop", "dark", "zh-CN"],
    ["phone", "light", "zh-CN"],
    ["phone", "dark", "en-US"],
    ["desktop", "light", "en-US"],
  ] as const)("has nothing for axe to find: %s, %s, %s", async (size, colorScheme, locale) => {
    const { page } = await open({ viewport: size === "phone" ? phone : desktop, colorScheme, locale });
    await paste(page, message);
    await expect.poll(async () => page.locator("tbody tr").count()).toBe(5);
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await picture(page, `look-up-${size}-${colorScheme}-${locale}`);
  });
});
