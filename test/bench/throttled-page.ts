import type { Browser, Page } from "playwright-core";
import { untilListening } from "#test/support/until-listening.ts";

/** What a person on a slow machine meets on one page. */
export interface PageTrace {
  /** From asking for the page until it listens and no task longer than 50 ms has run after it, ms. */
  readonly interactiveMs: number;
  /** Longest task of the whole time, ms; 0 where none took 50 ms. */
  readonly longestTaskMs: number;
  /** Cumulative layout shift, as browsers count it. */
  readonly layoutShift: number;
  /** Scripts as they came over the wire. */
  readonly scriptBytes: number;
}

interface Seen {
  readonly tasks: { readonly startMs: number; readonly durationMs: number }[];
  shift: number;
}

/** Runs in the page before anything of it does. */
const watchPage = (): void => {
  const seen: Seen = { tasks: [], shift: 0 };
  Reflect.set(globalThis, "seenByBench", seen);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      seen.tasks.push({ startMs: startTime, durationMs: duration });
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (Reflect.get(entry, "hadRecentInput") !== true) seen.shift += Number(Reflect.get(entry, "value"));
  }).observe({ type: "layout-shift", buffered: true });
};

const readPage = (): Omit<PageTrace, "interactiveMs"> & { readonly settledMs: number } => {
  const seen = Reflect.get(globalThis, "seenByBench") as Seen;
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const scripts = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(({ name }) =>
    new URL(name).pathname.endsWith(".js"),
  );
  const ends = seen.tasks.map(({ startMs, durationMs }) => startMs + durationMs);
  return {
    settledMs: Math.max(navigation?.domInteractive ?? 0, ...ends),
    longestTaskMs: Math.max(0, ...seen.tasks.map(({ durationMs }) => durationMs)),
    layoutShift: seen.shift,
    scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  };
};

export interface ThrottledPage {
  readonly page: Page;
  trace(): Promise<PageTrace>;
  /** From here on only tasks and shifts that are still to come count. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** A page on a processor four times slower than this one's, signed in by `cookie`, with nothing cached. Resolves once it listens. */
export async function openThrottled(
  browser: Browser,
  { url, cookie }: { readonly url: string; readonly cookie: string },
): Promise<ThrottledPage> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 }, locale: "en-US" });
  await context.addCookies(
    cookie
      .split("; ")
      .map((each) => ({ name: each.slice(0, each.indexOf("=")), value: each.slice(each.indexOf("=") + 1), url })),
  );
  await context.addInitScript(watchPage);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(url, { waitUntil: "load" });
  await untilListening(page);
  const listensMs = await page.evaluate(() => performance.now());
  const first = await page.evaluate(readPage);
  return {
    page,
    async trace() {
      const { settledMs: _, ...seen } = await page.evaluate(readPage);
      return { ...seen, interactiveMs: Math.max(first.settledMs, listensMs) };
    },
    async forget() {
      await page.evaluate(() => {
        const seen = Reflect.get(globalThis, "seenByBench") as Seen;
        seen.tasks.length = 0;
        seen.shift = 0;
      });
    },
    close: () => context.close(),
  };
}
