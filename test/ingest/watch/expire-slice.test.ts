import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Core, openCore } from "#ingest/collector/core.ts";
import { openEvents } from "#lib/storage/open.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 10, 1, 12);

/** A collector whose clock the test holds. */
async function openAt(options: { readonly retentionMs: number; readonly diskLimitBytes: number | null }) {
  const home = makeTempFolder();
  const clock = { now: start };
  const core = await openCore(
    { home, elasticsearch: null, spoolLimitBytes: 1e9, secretFile: join(home, "secret"), timeZone: "UTC", ...options },
    { now: () => clock.now, log: () => {} },
  );
  onTestFinished(async () => {
    await core.stop(null);
  });
  const declared = { versions: [], active: [], privacy: null, calendars: [], matchingAgain: [] };
  await core.declare({ ...declared, surroundings: { people: { systems: {}, teams: {} }, sources: [] } });
  return { core, clock, home };
}

const send = async (core: Core, now: number, count: number, noise = 1): Promise<void> => {
  const events = Array.from({ length: count }, (_, at) => ({
    step: "s",
    time: now,
    keys: { order_no: `${now}-${at}` },
    payload: Array.from({ length: noise }, () => Math.random().toString(36)).join(""),
  }));
  const body = new TextEncoder().encode(JSON.stringify([...events, {}]));
  const form = { source: "hop", format: "json" };
  await core.batch({ body, form, speaker: { sources: [], systems: [] }, arrivedAt: now, backfill: false });
};

const expire = async (core: Core): Promise<number> => {
  let events = 0;
  for (;;) {
    const slice = await core.expire(null);
    events += slice.events;
    if (!slice.more) return events;
  }
};

describe("letting go of what is old", () => {
  test("takes events and dead letters that arrived before the retention, and nothing younger", async () => {
    const { core, clock } = await openAt({ retentionMs: 10 * day, diskLimitBytes: null });
    for (const days of [0, 1, 9, 12]) {
      clock.now = start + days * day;
      await send(core, clock.now, 10);
    }
    expect(await core.measure(null)).toMatchObject({ store: { eventsKept: 40, deadLettersOpen: 4 } });
    expect(await expire(core)).toBe(20);
    expect(await core.measure(null)).toMatchObject({ store: { eventsKept: 20, deadLettersOpen: 2 } });
    expect(await expire(core)).toBe(0);
  });

  test("takes the oldest days while the store is larger than it may be, and never today", async () => {
    const limit = 1_500_000;
    const { core, clock, home } = await openAt({ retentionMs: 365 * day, diskLimitBytes: limit });
    for (const days of [0, 1, 2, 3]) {
      clock.now = start + days * day;
      await send(core, clock.now, 500, 100);
    }
    const before = await core.measure(null);
    expect(before.store?.bytes).toBeGreaterThan(limit);
    expect(await expire(core)).toBeGreaterThan(0);
    const after = await core.measure(null);
    expect(after.store?.bytes).toBeLessThan(before.store?.bytes ?? 0);
    const reader = await openEvents({ home, elasticsearch: null }, { mode: "reader", now: () => clock.now });
    onTestFinished(() => reader.close());
    const [oldest] = await reader.events.scan(null, 1);
    expect(oldest?.event.ingestedAt).toBeGreaterThan(start);
    expect(after.store?.eventsKept).toBeGreaterThanOrEqual(500);
  });
});
