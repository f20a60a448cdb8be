import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "#test/support/chromium.ts";
import { untilListening } from "#test/support/until-listening.ts";

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

const output = join(import.meta.dirname, "../.output");

/** A page under watch: what it complained of, and every request it made. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Messages of the browser's console at error level (broken policies among them), and uncaught errors. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

export interface AxeFinding {
  readonly id: string;
  readonly help: string;
  readonly places: readonly string[];
}

/** What axe finds against WCAG 2.2 AA, and its best practices. Runs outside the page's own policy. */
export async function findAxeViolations(page: Page): Promise<readonly AxeFinding[]> {
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
      .then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, places: nodes.map(({ target, failureSummary }) => target.join(" ") + ": " + failureSummary) })))`,
  );
  return found as readonly AxeFinding[];
}

/** Whether the page scrolls sideways, which it never may. */
export const scrollsSideways = async (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** A picture under test/.output, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(output, { recursive: true });
  await page.screenshot({ path: join(output, `${name}.png`) });
}

/** Makes whoever opens a page wait until it can be used, as a person would. */
function waitWhenOpened(page: Page): void {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...args) => {
    const response = await goto(...args);
    await untilListening(page);
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload(...args);
    await untilListening(page);
    return response;
  };
}

/** One browser for the tests of a file, a context of its own for each page, which is ready to be used when `goto` or `reload` resolves. */
export function prepareBrowser(): {
  open(options?: BrowserContextOptions & { readonly cookie?: string; readonly url?: string }): Promise<WatchedPage>;
} {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    async open({ cookie, url, ...options } = {}) {
      if (browser === null) throw new Error("Not started");
      const context = await browser.newContext({
        viewport: desktop,
        locale: "en-US",
        colorScheme: "light",
        ...options,
      });
      if (cookie !== undefined && url !== undefined) {
        await context.addCookies(
          cookie
            .split("; ")
            .map((each) => ({ name: each.slice(0, each.indexOf("=")), value: each.slice(each.indexOf("=") + 1), url })),
        );
      }
      const page = await context.newPage();
      if (options.javaScriptEnabled !== false) waitWhenOpened(page);
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`.trimEnd());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => requests.push(request.url()));
      return { page, context, complaints, requests };
    },
  };
}
