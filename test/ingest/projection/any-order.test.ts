import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeclaredWorld } from "#ingest/collector/call.ts";
import { type Core, openCore } from "#ingest/collector/core.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { openEvents } from "#lib/storage/open.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import { event, everything, first, now, other, second, sorted, worldOf } from "#test/ingest/projection/histories.ts";
import { recompute } from "#test/ingest/projection/plain-recomputation.ts";
import { makeHome } from "#test/support/home.ts";

/** Events with their place in time of arrival, how they are cut into requests, and where the worker restarts. */
const histories = fc.record({
  events: fc
    .array(event, { minLength: 1, maxLength: 24 })
    .map((list) => list.map((each, at) => ({ id: `e${at}`, ...each }))),
  order: fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
  cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 24 }),
  repeats: fc.array(fc.nat(23), { maxLength: 8 }),
  restarts: fc.array(fc.nat(8), { maxLength: 2 }),
});

const open = async (home: string): Promise<Core> =>
  await openCore(
    {
      home,
      elasticsearch: null,
      spoolLimitBytes: 1e9,
      secretFile: join(home, "secret"),
      timeZone: "UTC",
      retentionMs: 9e12,
      diskLimitBytes: null,
    },
    {
      now: () => now,
      log: (level, message) => {
        if (level === "error") throw new Error(message);
      },
    },
  );

const send = async (core: Core, events: readonly unknown[], backfill = false): Promise<void> => {
  const body = new TextEncoder().encode(JSON.stringify(events));
  const answer = await core.batch({
    body,
    form: { source: "hop", format: "json" },
    speaker: { sources: [], systems: [] },
    arrivedAt: now,
    backfill,
  });
  expect(answer).toMatchObject({ rejected: [] });
};

const finish = async (core: Core): Promise<void> => {
  while ((await core.measure(null)).pendingEvents > 0);
  while ((await core.judgeDue(null)).more);
  await core.stop(null);
};

const readAll = async (
  home: string,
  declared: DeclaredWorld,
): Promise<{ readonly rows: readonly JourneyRow[]; readonly expected: readonly JourneyRow[] }> => {
  const storage = await openEvents({ home, elasticsearch: null }, { mode: "reader", now: () => now });
  try {
    const events = (await storage.events.scan(null, 10_000)).map((each) => each.event);
    const { items } = await storage.journeys.list({ flows: declared.active }, { cursor: null, limit: 500 });
    return { rows: sorted(items), expected: sorted(await recompute(events, declared, now)) };
  } finally {
    await storage.close();
  }
};

/** Each opens a store several times: few in the usual run, many when asked. */
const numRuns = Number(process.env["HOPLINE_PROPERTY_RUNS"] ?? 30);
const limitMs = 300_000;

describe("the projection", () => {
  test(
    "ends in the journeys a plain recomputation gives, whatever the order, the batches, the repeats and the restarts",
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, async ({ events, order, cuts, repeats, restarts }) => {
          const { home, remove } = makeHome();
          try {
            const arriving = [
              ...events.toSorted((a, b) => (order[events.indexOf(a)] ?? 0) - (order[events.indexOf(b)] ?? 0)),
              ...repeats.flatMap((at) => events[at] ?? []),
            ];
            let core = await open(home);
            await core.declare(everything);
            for (let at = 0, batch = 0; at < arriving.length; batch += 1) {
              const size = cuts[batch % cuts.length] ?? 1;
              await send(core, arriving.slice(at, at + size), size % 3 !== 0);
              at += size;
              if (restarts.includes(batch)) {
                await core.stop(null);
                core = await open(home);
                await core.declare(everything);
              }
            }
            await finish(core);
            const { rows, expected } = await readAll(home, everything);
            expect(rows).toEqual(expected);
          } finally {
            remove();
          }
        }),
        { numRuns, interruptAfterTimeLimit: limitMs },
      );
    },
    limitMs,
  );

  test(
    "ends in the same journeys when flows are declared after the events, and again later",
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, fc.nat(24), fc.nat(24), async ({ events, cuts }, early, late) => {
          const { home, remove } = makeHome();
          try {
            let core = await open(home);
            await core.declare(worldOf([]));
            let versions: readonly FlowVersion[] = [];
            const declareAt = new Map([
              [Math.min(early, late, events.length - 1), [first]],
              [Math.min(Math.max(early, late), events.length), [first, second, other]],
            ]);
            for (let at = 0; at <= events.length; at += 1) {
              const next = declareAt.get(at);
              if (next !== undefined) {
                const hashes = next.filter((version) => !versions.includes(version)).map(({ hash }) => hash);
                versions = next;
                await core.declare(worldOf(versions, hashes));
                if (at % 2 === 0) {
                  // Dying in the middle of matching again, and beginning anew, counts nothing twice.
                  await core.matchSlice({ hashes, after: null });
                  await core.stop(null);
                  core = await open(home);
                  await core.declare(worldOf(versions, hashes));
                }
                if ((cuts[0] ?? 1) > 3) await send(core, events.slice(at, at + 1));
                await core.matchSlice({ hashes, after: null });
                await core.declare(worldOf(versions));
                for (const { flow } of versions) await core.judgeSlice({ flow, after: null, all: false });
              }
              if (at < events.length) await send(core, events.slice(at, at + 1));
            }
            await finish(core);
            const { rows, expected } = await readAll(home, worldOf(versions));
            expect(rows).toEqual(expected);
          } finally {
            remove();
          }
        }),
        { numRuns, interruptAfterTimeLimit: limitMs },
      );
    },
    limitMs,
  );
});
