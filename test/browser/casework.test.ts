import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenOrder, orderFiles } from "#test/browser/order-flow.ts";
import {
  desktop,
  findAxeViolations,
  phone,
  picture,
  prepareBrowser,
  scrollsSideways,
  type WatchedPage,
} from "#test/support/browser.ts";
import { createUser, signIn } from "#test/support/console.ts";
import { Hopline } from "#test/support/hopline.ts";

const hopline = new Hopline(orderFiles);
const browser = prepareBrowser();
const cookies: Record<string, string> = {};

const addressOf = (order: string, query = ""): string => `${hopline.consoleUrl}/record/order_no/${order}${query}`;

const send = async (order: string, healthy: boolean): Promise<void> => {
  const seen = brokenOrder(order).map(({ step, when, more }) => ({
    flow: "order-to-cash",
    step,
    time: hopline.at(when),
    source: `${step}-source`,
    id: `${order}-${step}`,
    ...more,
    ...(healthy &&
      step === "crm_exported" && { payload: { order_no: order, amount: "77.00", tax_no: "91310000MA1FL7X2J0" } }),
    keys: { order_no: order, ...more?.keys },
  }));
  const rest = [
    { step: "posted", when: "15s", source: "finance-importer" },
    { step: "shipped", when: "45m", source: "logistics-callback" },
    { step: "closed", when: "50m", source: "closing-source" },
  ].map(({ step, when, source }) => ({
    flow: "order-to-cash",
    step,
    source,
    time: hopline.at(when),
    id: `${order}-${step}`,
    keys: { order_no: order },
  }));
  await hopline.send(...seen, ...(healthy ? rest : []));
};

const open = async (
  who: string,
  look: { size?: "desktop" | "phone"; theme?: "light" | "dark"; language?: "en" | "zh" } = {},
): Promise<WatchedPage> => {
  const { size = "desktop", theme = "light", language = "en" } = look;
  const opened = await browser.open({
    cookie: `${cookies[who] ?? ""}; hopline.language=${language}`,
    url: hopline.consoleUrl,
    viewport: size === "phone" ? phone : desktop,
    colorScheme: theme,
    locale: language === "zh" ? "zh-CN" : "en-GB",
    isMobile: size === "phone",
    hasTouch: size === "phone",
  });
  opened.page.setDefaultTimeout(10_000);
  return opened;
};
const openRecord = async (who: string, order: string, look = {}, query = ""): Promise<WatchedPage> => {
  const opened = await open(who, look);
  await opened.page.goto(addressOf(order, query));
  await opened.page.locator("[data-sentence]").waitFor();
  return opened;
};
/** The page listens to keys and follows the record. */
const isListening = async (page: Page): Promise<void> => {
  await page.locator("[data-live]").waitFor();
  await page.waitForLoadState("load");
};
const press = async (page: Page, key: string, appears: string): Promise<void> => {
  await expect
    .poll(
      async () => {
        if ((await page.locator(appears).count()) > 0) return true;
        await page.keyboard.press(key);
        return (await page.locator(appears).count()) > 0;
      },
      { timeout: 10_000, interval: 500 },
    )
    .toBe(true);
};

beforeAll(async () => {
  await hopline.start();
  for (const order of ["SO-1042", "SO-1043", "SO-1044"]) await send(order, false);
  await send("SO-1000", true);
  await hopline.heartbeat("finance-importer", "1h");
  for (const [name, role] of [
    ["li", "support"],
    ["zhao", "engineer"],
    ["wang", "manager"],
  ] as const) {
    await createUser(hopline.home, name, role);
    cookies[name] = await signIn(hopline.consoleUrl, name);
  }
  await hopline.record("order_no", "SO-1042");
}, 120_000);
afterAll(() => hopline.stop());

describe("two people at one record", () => {
  it("see each other close it and open it again, without loading the page", async () => {
    const [clerk, other] = [await openRecord("li", "SO-1042"), await openRecord("zhao", "SO-1042")];
    await Promise.all([isListening(clerk.page), isListening(other.page)]);
    await press(clerk.page, "x", "#close-reason");
    expect(clerk.page.url()).toContain("open=close");
    await clerk.page.keyboard.type("Refunded <b>by phone</b>");
    await clerk.page.keyboard.press("Enter");
    await clerk.page.locator("[data-closed]").waitFor();
    await other.page.locator("[data-closed]").waitFor();
    expect(await other.page.locator("[data-closed]").textContent()).toContain("Closed by li: Refunded <b>by phone</b>");
    expect(await other.page.locator("[data-live]").textContent()).toContain("Closed by li");
    expect(await other.page.locator("[data-sentence]").textContent()).toContain("never reached Finance");
    expect(await findAxeViolations(other.page)).toEqual([]);
    await picture(other.page, "record-closed-desktop-light-en");

    await other.page.goto(`${hopline.consoleUrl}/journeys?flow=order-to-cash&state=overdue`);
    expect(await other.page.locator("main").textContent()).not.toContain("SO-1042");
    await other.page.goto(`${hopline.consoleUrl}/journeys?closed=true`);
    await other.page.getByRole("link", { name: "SO-1042" }).click();
    await other.page.locator("[data-closed]").waitFor();
    await other.page.getByRole("button", { name: "Open again" }).click();
    await clerk.page.locator("[data-closed]").waitFor({ state: "detached" });
    expect(clerk.complaints).toEqual([]);
    expect(other.complaints).toEqual([]);
    await Promise.all([clerk.context.close(), other.context.close()]);
  });

  it("lose nothing they are writing when the other changes the record", async () => {
    const [clerk, other] = [await openRecord("li", "SO-1044"), await openRecord("zhao", "SO-1044")];
    await Promise.all([isListening(clerk.page), isListening(other.page)]);
    await press(other.page, "x", "#close-reason");
    await other.page.locator("#close-reason").fill("Half a rea");
    await press(clerk.page, "x", "#close-reason");
    await clerk.page.locator("#close-reason").fill("Done by phone");
    await clerk.page.keyboard.press("Enter");
    await other.page.locator('[data-live="held"]').waitFor();
    expect(await other.page.locator("#close-reason").inputValue()).toBe("Half a rea");
    await other.page.getByRole("button", { name: "Cancel" }).click();
    await other.page.locator("[data-closed]").waitFor();
    await other.page.getByRole("button", { name: "Open again" }).click();
    await clerk.page.locator("[data-closed]").waitFor({ state: "detached" });
    await Promise.all([clerk.context.close(), other.context.close()]);
  });

  it("read each other's notes as they are written, and take back only their own", async () => {
    const [clerk, other] = [await openRecord("li", "SO-1043"), await openRecord("zhao", "SO-1043")];
    await Promise.all([isListening(clerk.page), isListening(other.page)]);
    await press(clerk.page, "a", "#note-text");
    await clerk.page.locator("#note-text").fill("Called.\n<img src=x onerror=alert(1)>");
    await clerk.page.getByRole("button", { name: "Save the note" }).click();
    const note = other.page.locator("[data-note]");
    await note.waitFor();
    expect(await note.textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(await note.getByRole("button").count()).toBe(0);
    await clerk.page.getByRole("button", { name: /^Delete your note/u }).click();
    await note.waitFor({ state: "detached" });
    await clerk.page.getByRole("button", { name: "Undo" }).click();
    await note.waitFor();
    expect(await findAxeViolations(clerk.page)).toEqual([]);
    await Promise.all([clerk.context.close(), other.context.close()]);
  });

  it("may do neither as a manager, who reads both", async () => {
    const { context, page } = await openRecord("wang", "SO-1043");
    await page.locator("[data-note]").waitFor();
    expect(await page.getByRole("button", { name: /Close by hand|Add a note|Delete/u }).count()).toBe(0);
    await context.close();
  });
});

describe("closing on a phone", () => {
  it("asks over the foot of the page: the sentence and the owners stay where they are", async () => {
    const { context, page } = await openRecord("li", "SO-1044", { size: "phone" });
    const top = async (): Promise<number> =>
      page.locator("#owners").evaluate((owners) => Math.round(owners.getBoundingClientRect().top + scrollY));
    const before = await top();
    await page.getByRole("button", { name: "Close by hand" }).click();
    await page.locator("#close-reason").waitFor();
    expect(await top()).toBe(before);
    expect(await findAxeViolations(page)).toEqual([]);
    await picture(page, "record-close-phone-light-en");
    await page.getByRole("button", { name: "Cancel" }).click();
    await context.close();
  });
});

describe("the same cause", () => {
  it("leads on by J and K, and says what to tell each owner", async () => {
    const { context, page } = await openRecord("li", "SO-1043");
    expect(await page.locator("#cause").textContent()).toContain("3 records since");
    expect(await page.locator("[data-owner-text]").count()).toBe(3);
    await isListening(page);
    const first = page.url();
    await expect
      .poll(
        async () => {
          if (page.url() === first) await page.keyboard.press("j");
          return page.url();
        },
        { timeout: 10_000, interval: 500 },
      )
      .not.toBe(first);
    await context.close();
  });
});

describe("a comparison with one that got through", () => {
  it.each([
    { size: "desktop", theme: "light", language: "en" },
    { size: "phone", theme: "dark", language: "zh" },
  ] as const)("stands in the address, on a $size in $language", async (look) => {
    const { context, page, complaints } = await openRecord("li", "SO-1042", look, "?compare=auto");
    const section = page.locator("#compare[data-compare=found]");
    await section.waitFor();
    expect(await section.textContent()).toContain("SO-1000");
    expect(await section.locator("tr", { hasText: "tax_no" }).count()).toBe(1);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await findAxeViolations(page)).toEqual([]);
    await section.scrollIntoViewIfNeeded();
    await picture(page, `record-compare-${look.size}-${look.theme}-${look.language}`);
    await page.locator("#compare input[name=compare]").fill("SO-404");
    await page.locator("#compare form button").click();
    await page.locator("#compare[data-compare=not_found]").waitFor();
    expect(page.url()).toContain("compare=SO-404");
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe("on paper", () => {
  it("is the record on white, without controls, whatever the screen is", async () => {
    const { context, page } = await openRecord("li", "SO-1042", { theme: "dark" }, "?compare=auto");
    await page.locator("#compare[data-compare=found]").waitFor();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    expect(await page.locator("main button:visible, main input:visible, header nav:visible").count()).toBe(0);
    expect(await page.locator("[data-sentence]:visible, #owners:visible, #evidence:visible").count()).toBe(3);
    await page.pdf({ path: join(import.meta.dirname, "../.output/record.pdf"), preferCSSPageSize: true });
    await context.close();
  });
});

describe("a page that is on its way", () => {
  it("says so under the heading once it takes longer than a moment, and moves nothing", async () => {
    const { context, page } = await openRecord("li", "SO-1042");
    await isListening(page);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\/journeys\?/u, async (route) => {
      await held;
      await route.continue();
    });
    // told by the page itself: while it leaves, nobody outside can ask it
    await page.evaluate(() => {
      const top = (): number => document.querySelector("h1")?.getBoundingClientRect().top ?? Number.NaN;
      const before = top();
      const bar = document.querySelector(".loading-bar");
      if (bar === null) throw new Error("No bar");
      new MutationObserver(() => {
        if (bar.getAttribute("data-loading") === "true") console.info(`bar shown, moved ${top() - before}`);
      }).observe(bar, { attributes: true });
    });
    const shown = page.waitForEvent("console", (message) => message.text().startsWith("bar shown"));
    await page.getByRole("link", { name: "See them all" }).click({ noWaitAfter: true });
    expect((await shown).text()).toBe("bar shown, moved 0");
    release();
    await page.waitForURL(/\/journeys\?/u);
    await page.locator('.loading-bar[data-loading="false"]').waitFor({ state: "attached" });
    await context.close();
  });

  it("is answered 404 for a key nobody knows, with what comes nearest", async () => {
    const { context, page } = await open("li");
    const response = await page.goto(addressOf("SO-1049"));
    expect(response?.status()).toBe(404);
    expect(await page.locator("main").textContent()).toContain("No record");
    expect(await page.locator('main a[href*="SO-104"]').count()).toBeGreaterThan(0);
    await context.close();
  });
});

describe("a worker that is killed and comes back under an open page", () => {
  it("is told of while it is away, and what came then is shown without loading the page", async () => {
    const { context, page, complaints } = await openRecord("li", "SO-1044");
    await page.evaluate(() => Object.assign(globalThis, { hasStayed: true }));
    const freshness = async (): Promise<string | null> =>
      page.getByRole("banner").getByRole("status").first().getAttribute("aria-label");
    await hopline.stopWorker("SIGKILL");
    await expect.poll(freshness, { timeout: 20_000 }).toContain("until the ingest worker runs");
    expect(await page.locator("[data-sentence]").textContent()).toContain("never reached Finance");
    await hopline.startWorker();
    const posted = { step: "posted", source: "finance-importer", id: "late-1044", time: hopline.at("15s") };
    await hopline.send({ flow: "order-to-cash", ...posted, keys: { order_no: "SO-1044" } });
    await page.locator("[data-live]").getByText("The verdict changed").waitFor({ timeout: 20_000 });
    await expect.poll(freshness, { timeout: 20_000 }).not.toContain("until the ingest worker runs");
    expect(await page.evaluate(() => Reflect.get(globalThis, "hasStayed"))).toBe(true);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
