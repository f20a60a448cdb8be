import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { demoPassword } from "#ingest/demo/demo-access.ts";
import { launchChromium } from "#test/support/chromium.ts";
import { percentileOf } from "#test/bench/percentile-of.ts";
import type { Figure } from "#test/bench/report.ts";
import { type RunningDemo, startDemo } from "#test/bench/running-demo.ts";
import { signIn } from "#test/bench/sign-in.ts";
import { openThrottled, type PageTrace } from "#test/bench/throttled-page.ts";

const liveSeconds = 10;
const eventsPerSecond = 50;
const opened = 5;

/** What a clerk meets in a browser on a processor four times slower, in front of the demo's company of so many records. */
export const measureConsole = async (records: number): Promise<readonly Figure[]> => {
  const demo = await startDemo(records);
  const browser = await launchChromium();
  try {
    const cookie = await signIn(demo.consoleUrl, "li", demoPassword);
    const orderNo = await findBroken(demo.consoleUrl, cookie);
    return [
      ...(await measurePage("home", browser, `${demo.consoleUrl}/`, cookie, demo, orderNo)),
      ...(await measurePage(
        "record page",
        browser,
        `${demo.consoleUrl}/record/order_no/${orderNo}`,
        cookie,
        demo,
        orderNo,
      )),
      await measureSuggestions(demo.consoleUrl, cookie, orderNo),
    ].map((figure) => ({ ...figure, what: `${figure.what}, ${records} journeys` }));
  } finally {
    await browser.close();
    await demo.stop();
  }
};

/** The number of an order that is overdue. */
const findBroken = async (url: string, cookie: string): Promise<string> => {
  const answer = await fetch(`${url}/api/v1/journeys?flow=order-to-cash&state=overdue&limit=1`, {
    headers: { cookie },
  });
  const { items } = (await answer.json()) as { readonly items: readonly { readonly primary: string }[] };
  const [first] = items;
  if (first === undefined) throw new Error("the company has no overdue order");
  return first.primary;
};

const measurePage = async (
  name: string,
  browser: Browser,
  url: string,
  cookie: string,
  demo: RunningDemo,
  orderNo: string,
): Promise<readonly Figure[]> => {
  const traces: PageTrace[] = [];
  for (let index = 0; index < opened; index += 1) {
    const page = await openThrottled(browser, { url, cookie });
    traces.push(await page.trace());
    await page.close();
  }
  const page = await openThrottled(browser, { url, cookie });
  await page.forget();
  await sendRepeats(demo, orderNo);
  const live = await page.trace();
  await page.close();
  const interactiveMs = percentileOf(
    traces.map((trace) => trace.interactiveMs),
    0.5,
  );
  const [{ scriptBytes } = live] = traces;
  const shift = Math.max(...traces.map(({ layoutShift }) => layoutShift));
  return [
    figure(
      `${name} interactive at 4× throttle`,
      `${Math.round(interactiveMs)} ms`,
      "< 2 s",
      opened,
      interactiveMs < 2_000,
    ),
    figure(
      `${name}, script`,
      `${(scriptBytes / 1_000).toFixed(0)} kB`,
      "< 200 kB gzipped",
      opened,
      scriptBytes < 200_000,
    ),
    figure(`${name}, layout shift while it loads`, shift.toFixed(3), "none", opened, shift < 0.005),
    figure(
      `${name}, longest task with ${eventsPerSecond} events/s arriving`,
      `${Math.round(live.longestTaskMs)} ms`,
      "< 200 ms",
      liveSeconds * eventsPerSecond,
      live.longestTaskMs < 200,
    ),
  ];
};

/** Repeats at the record's first step: each changes its page and the counts of home. */
const sendRepeats = async (demo: RunningDemo, orderNo: string): Promise<void> => {
  for (let second = 0; second < liveSeconds; second += 1) {
    const begun = performance.now();
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const events = Array.from({ length: eventsPerSecond / 10 }, () => ({
        flow: "order-to-cash",
        step: "placed",
        system: "oms",
        source: "bench",
        time: Date.now(),
        id: crypto.randomUUID(),
        keys: { order_no: orderNo },
      }));
      const answer = await fetch(`${demo.workerUrl}/v1/hops`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(events),
      });
      if (answer.status !== 202) throw new Error(`the worker answered ${answer.status}`);
      await pause(Math.max(0, begun + (tenth + 1) * 100 - performance.now()));
    }
  }
};

/** As somebody types a number: each beginning from the fourth character on. */
const measureSuggestions = async (url: string, cookie: string, value: string): Promise<Figure> => {
  const times: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    for (let length = 4; length <= value.length; length += 1) {
      const begun = performance.now();
      const answer = await fetch(`${url}/api/console/search`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie, origin: url },
        body: JSON.stringify({ text: value.slice(0, length), whole: false }),
      });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`the search answered ${answer.status}`);
      times.push(performance.now() - begun);
    }
  }
  const p99 = percentileOf(times, 0.99);
  const value99 = `p50 ${percentileOf(times, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  return figure("search as you type", value99, "< 100 ms", times.length, p99 < 100);
};

const figure = (what: string, value: string, wanted: string, samples: number, isMet: boolean): Figure => ({
  what,
  value,
  wanted,
  samples,
  isMet,
});
