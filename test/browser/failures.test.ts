import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { troubleEvents, troubleFiles } from "#test/fixtures/trouble/trouble-company.ts";
import { findAxeViolations, phone, picture, prepareBrowser, scrollsSideways } from "#test/support/browser.ts";
import { createUser, prepareConsole, signIn } from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";

const kit = prepareConsole({ flows: troubleFiles });
const browser = prepareBrowser();
let cookie = "";
const now = Date.now();

const open = async (path: string, options: Parameters<typeof browser.open>[0] = {}) => {
  const opened = await browser.open({ cookie, url: kit.url, ...options });
  await opened.page.goto(kit.url + path);
  return opened;
};
const heading = async (page: Page): Promise<string> => (await page.textContent("h1")) ?? "";

beforeAll(async () => {
  await createUser(kit.home, "li", "support");
  cookie = await signIn(kit.url, "li");
  await kit.worker.sendHops(troubleEvents(now));
  await kit.worker.post("/v1/heartbeats", { source: "finance-importer", time: new Date().toISOString() });
  const { page, context } = await open("/failures");
  await waitFor("the trouble on the page", async () => {
    await page.reload();
    return (
      (await heading(page)).startsWith("20 records need action") &&
      (await page.textContent("main"))?.includes("Another 4 records")
    );
  });
  await context.close();
});

describe("failures", () => {
  it.each([
    ["desktop", "light", "en-US"],
    ["desktop", "dark", "zh-CN"],
    ["phone", "light", "zh-CN"],
    ["phone", "dark", "en-US"],
  ] as const)("have nothing for axe to find: %s, %s, %s", async (size, colorScheme, locale) => {
    const isPhone = size === "phone";
    const { page, complaints, requests } = await open("/failures", {
      ...(isPhone && { viewport: phone }),
      colorScheme,
      locale,
    });
    const cause = page.getByRole("link", { name: /^(Field missing|缺字段).* tax_no/u }).filter({ visible: true });
    await cause.first().click();
    await page.waitForURL(/open=/u);
    await page.locator(".recharts-bar-rectangle").first().waitFor();
    await page.getByText("mapping = v38").first().waitFor();
    await page.getByText(/logistics-callback (silent|静默)/u).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await picture(page, `failures-${size}-${colorScheme}-${locale}`);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(kit.url))).toEqual([]);
  });

  it("are as a table what they are as bars, and a bar is a link to its span", async () => {
    const { page } = await open("/failures");
    expect(await page.locator("figure").getAttribute("aria-label")).toMatch(
      /^New records in trouble per 1 h, 24 in all; 15 of them: Field missing tax_no/u,
    );
    await page.getByText("Show as table").click();
    const rows = page.locator("table.plain tbody tr");
    const totals = await rows.locator("td:last-child").allTextContents();
    expect(totals.reduce((sum, total) => sum + Number(total), 0)).toBe(24);
    await rows
      .nth(totals.findIndex((total) => total !== "0"))
      .getByRole("link")
      .click();
    await page.waitForURL(/from=.*to=/u);
    await page.getByRole("heading", { level: 1, name: /need/u }).waitFor();
  });

  it("are narrowed and drilled down to a record, back and forth, with the keyboard alone", async () => {
    const { page } = await open("/failures");
    await page
      .getByRole("link", { name: /^rest:finance 5/u })
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/point=rest%3Afinance/u);
    await expect.poll(async () => heading(page)).toContain("5 records need action, all alike: Rejected");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/open=/u);
    await page.getByRole("link", { name: "List all 5" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "5 records fail alike" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("SO-3004");
    await page.keyboard.press("Enter");
    await page.waitForURL(/record\/order_no\/SO-3004/u);
    await page.goBack();
    await page.getByRole("heading", { name: "5 records fail alike" }).waitFor();
    await page.goBack();
    await page.waitForURL(/failures.*open=/u);
  });
});

describe("records", () => {
  it.each([
    ["desktop", "dark", "en-US"],
    ["desktop", "light", "zh-CN"],
    ["phone", "dark", "zh-CN"],
    ["phone", "light", "en-US"],
  ] as const)("have nothing for axe to find: %s, %s, %s", async (size, colorScheme, locale) => {
    const isPhone = size === "phone";
    const { page, complaints } = await open("/journeys?state=failed,overdue,unknown&range=24h", {
      ...(isPhone && { viewport: phone }),
      colorScheme,
      locale,
    });
    await page.locator(".row-link").first().waitFor();
    if (isPhone) {
      const heights = await page
        .locator(".list-table tbody tr")
        .evaluateAll((rows) => rows.map((row) => row.clientHeight));
      expect(Math.max(...heights)).toBeLessThan(80);
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    }
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await picture(page, `records-${size}-${colorScheme}-${locale}`);
    await page.locator("button.chip").first().click();
    await page.locator('input[name="from"]').waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("are narrowed by choosing, in the person's zone, and the address says all of it", async () => {
    const { page } = await open("/journeys");
    await page.getByRole("button", { name: "Why: any" }).click();
    await page.getByRole("link", { name: "Rejected" }).click();
    await page.waitForURL(/reason=rejected/u);
    await page.getByRole("heading", { name: "5 records" }).waitFor();
    await page.getByRole("button", { name: "Started at any time" }).click();
    await page.getByLabel("From", { exact: true }).fill("2020-01-01T08:00");
    await page.getByLabel("Before", { exact: true }).fill("2020-01-02T08:00");
    await page.getByRole("button", { name: "Show this span" }).click();
    await page.waitForURL(/from=2020-01-01T00%3A00%3A00\.000Z&to=2020-01-02T00%3A00%3A00\.000Z/u);
    await page.getByText("No record started in this span of time matches.").waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "5 records" }).waitFor();
  });

  it("are narrowed to a stretch of time by drawing over the bars", async () => {
    const { page, complaints } = await open("/failures?range=7d");
    const bars = page.locator("figure svg.recharts-surface");
    await bars.waitFor();
    const box = await bars.boundingBox();
    if (box === null) throw new Error("Nothing is drawn");
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.5, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, y, { steps: 4 });
    await page.mouse.move(box.x + box.width - 4, y, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/from=/u);
    const { searchParams } = new URL(page.url());
    const lengthMs = Date.parse(searchParams.get("to") ?? "") - Date.parse(searchParams.get("from") ?? "");
    expect(lengthMs).toBeGreaterThan(2.5 * 24 * 3_600_000);
    expect(lengthMs).toBeLessThan(5 * 24 * 3_600_000);
    expect(complaints).toEqual([]);
  });

  it("are paged by 50, back through history, and say what is new without a row that jumps", async () => {
    const { page } = await open("/journeys?flow=order-to-cash");
    const first = await page.locator(".row-link").first().textContent();
    await page.getByRole("link", { name: "Next 50" }).click();
    await page.waitForURL(/cursor=/u);
    await expect.poll(async () => page.locator(".row-link").count()).toBe(34);
    await page.goBack();
    await expect.poll(async () => page.locator(".row-link").count()).toBe(50);
    const time = new Date().toISOString();
    await kit.worker.sendHops(
      [1, 2].map((number) => ({
        id: `n${number}`,
        step: "placed",
        source: "oms",
        time,
        keys: { order_no: `SO-9-${number}` },
      })),
    );
    await page.getByText("2 new records").waitFor({ timeout: 15_000 });
    expect(await page.locator(".row-link").first().textContent()).toBe(first);
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("link", { name: "SO-9-2" }).waitFor();
    await expect.poll(async () => page.getByText("2 new records").count()).toBe(0);
  });

  it("are downloaded as they are narrowed", async () => {
    const { page } = await open("/journeys?state=failed");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download these records as CSV, for a spreadsheet" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("records.csv");
  });
});

describe("failures that come while somebody looks", () => {
  it("are counted without loading the page again", async () => {
    const { page } = await open("/failures");
    const before = Number.parseInt(await heading(page), 10);
    await page.evaluate(() => Reflect.set(globalThis, "here", "still the same page"));
    const time = new Date().toISOString();
    const keys = { order_no: "SO-9-9" };
    await kit.worker.sendHops([
      { id: "late-1", step: "placed", source: "oms", time, keys },
      { id: "late-2", step: "posted", source: "finance-importer", time, keys, outcome: "failed" },
    ]);
    await expect.poll(async () => Number.parseInt(await heading(page), 10), { timeout: 15_000 }).toBe(before + 1);
    expect(await page.evaluate(() => Reflect.get(globalThis, "here"))).toBe("still the same page");
  });
});
