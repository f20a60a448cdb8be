import { beforeAll, describe, expect, it } from "vitest";
import { readCompanyFiles } from "#ingest/demo/company-files.ts";
import { demoAccounts, demoPassword, openDemoAccess } from "#ingest/demo/demo-access.ts";
import { openIntake } from "#ingest/demo/intake.ts";
import { sendHistory } from "#ingest/demo/send-history.ts";
import { findAxeViolations, phone, picture, prepareBrowser, scrollsSideways } from "#test/support/browser.ts";
import { prepareConsole, signIn } from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { placeOf } from "#test/support/store-place.ts";

// The demo's company as each of its people sees it.

const kit = prepareConsole({ flows: await readCompanyFiles() });
const browser = prepareBrowser();
const cookies = new Map<string, string>();
let orderNo = "";

const as = async (name: string, options: Parameters<typeof browser.open>[0] = {}) => {
  const cookie = cookies.get(name) ?? "";
  return browser.open({ cookie, url: kit.url, ...options });
};
const ask = async (name: string, path: string): Promise<Response> =>
  fetch(kit.url + path, { headers: { cookie: cookies.get(name) ?? "" } });

beforeAll(async () => {
  const intake = openIntake({ url: kit.worker.url, tokens: await openDemoAccess(placeOf(kit.home), Date.now) });
  await sendHistory(intake, { seed: 7, asOf: Date.now(), records: 300 }, () => undefined);
  for (const { name } of demoAccounts) cookies.set(name, await signIn(kit.url, name, demoPassword));
  await waitFor("an order that lacks its tax number", async () => {
    const answer = await ask("ada", "/api/v1/journeys?flow=order-to-cash&state=overdue&reason=missing_field&limit=1");
    const { items } = (await answer.json()) as { readonly items: readonly { readonly primary: string }[] };
    orderNo = items[0]?.primary ?? "";
    return orderNo !== "";
  });
}, 120_000);

describe.each([
  ["desktop", "light", "en-US"],
  ["desktop", "dark", "zh-CN"],
  ["phone", "light", "zh-CN"],
  ["phone", "dark", "en-US"],
] as const)("every page, %s, %s, %s", (size, colorScheme, locale) => {
  it("has a heading, fits its window, asks nobody else, and gives axe nothing to find", async () => {
    const { page, complaints, requests } = await as("ada", {
      ...(size === "phone" && { viewport: phone }),
      colorScheme,
      locale,
    });
    const pages = {
      home: "/",
      "look-up": "/look-up",
      search: "/search",
      records: "/journeys?state=failed,overdue",
      failures: "/failures",
      record: `/record/order_no/${orderNo}`,
      compared: `/record/order_no/${orderNo}?compare=auto`,
      flows: "/flows",
      flow: "/flows/order-to-cash",
      "first-steps": "/start",
      sources: "/sources",
      "dead-letters": "/dead-letters",
      tokens: "/tokens",
      "new-token": "/tokens/new",
      users: "/users",
      "new-user": "/users/new",
      audit: "/audit",
      settings: "/settings",
      data: "/settings/data",
      help: "/help/record",
    };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(kit.url + path);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await picture(page, `page-${name}-${size}-${colorScheme}-${locale}`);
      expect([path, await scrollsSideways(page)]).toEqual([path, false]);
      expect([path, await findAxeViolations(page)]).toEqual([path, []]);
    }
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(kit.url))).toEqual([]);
  });
});

describe.each([
  [
    "desktop",
    "en-US",
    {
      all: "All failures",
      action: /records need action/u,
      list: /^(List all|Open the list)/u,
      hidden: "Payloads are not shown to your role.",
    },
  ],
  ["phone", "zh-CN", { all: "全部失败", action: /张单需要处理/u, list: /^列出/u, hidden: "你的角色看不到内容。" }],
] as const)("the manager, %s, %s", (size, locale, words) => {
  it("goes from home to the largest cause, its owner and its records, and back again by the browser's button", async () => {
    const { page, complaints } = await as("wang", { ...(size === "phone" && { viewport: phone }), locale });
    await page.goto(`${kit.url}/`);
    await page.getByRole("link", { name: words.all }).first().click();
    await page.getByRole("heading", { level: 1, name: words.action }).waitFor();
    await page.locator('main a[href*="open="]').filter({ visible: true }).first().click();
    await page.waitForURL(/open=/u);
    await page.getByRole("link", { name: words.list }).filter({ visible: true }).first().click();
    await page.waitForURL(/\/journeys\?/u);
    const list = page.url();
    await page.locator('main a[href*="/record/"]').filter({ visible: true }).first().click();
    await page.waitForURL(/\/record\//u);
    await page.getByText(words.hidden).waitFor();
    await page.goBack();
    await page.waitForURL(list);
    await page.goBack();
    await page.waitForURL(/\/failures\?.*open=/u);
    await page.goBack();
    await page.waitForURL(/\/failures(?!.*open=)/u);
    await page.goBack();
    await page.waitForURL(`${kit.url}/`);
    expect(complaints).toEqual([]);
  });

  it("sees the onboarding that support does not, and nothing of accounts", async () => {
    expect((await ask("wang", "/flows/onboarding")).status).toBe(200);
    expect((await ask("li", "/flows/onboarding")).status).toBe(404);
    expect((await ask("wang", "/users")).status).toBe(404);
  });
});

describe.each([
  ["desktop", "en-US", { whole: /is whole/u, hidden: "Payloads are not shown to your role." }],
  ["phone", "zh-CN", { whole: /完整/u, hidden: "你的角色看不到内容。" }],
] as const)("the auditor, %s, %s", (size, locale, words) => {
  it("finds who read a record, on a chain that is whole, and no payload", async () => {
    const { page, complaints } = await as("zhao", { ...(size === "phone" && { viewport: phone }), locale });
    const read = await as("li");
    await read.page.goto(`${kit.url}/record/order_no/${orderNo}`);
    await waitFor("the reading in the audit", async () => {
      await page.goto(`${kit.url}/audit`);
      return (await page.textContent("main"))?.includes(orderNo);
    });
    await page.getByText(words.whole).waitFor();
    await page.goto(`${kit.url}/record/order_no/${orderNo}`);
    await page.getByText(words.hidden).waitFor();
    expect(complaints).toEqual([]);
  });
});
