import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeclaredWorld } from "#ingest/collector/call.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toKeyType, toSourceId, toStepId, toSystemId } from "#lib/id/id.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { makeEvent } from "#test/conformance/events/make.ts";
import { event, everything, first, now, other, second, sorted, worldOf } from "#test/ingest/projection/histories.ts";
import { recompute } from "#test/ingest/projection/plain-recomputation.ts";
import { type SharedWorker, startWorker } from "#test/ingest/projection/shared-worker.ts";
import { type Mortal, mortal } from "#test/support/mortal-cluster.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();
const at = (): number => now;

type Drawn = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

const toStored = (drawn: Drawn, index: number): StoredEvent => {
  const { keys, step, system, time, source, outcome } = drawn;
  const types = (["order_no", "payment_no", "waybill_no"] as const).filter((type) => keys[type].length > 0);
  return makeEvent(`e${index}`, {
    source: toSourceId(source),
    step: toStepId(step),
    system: toSystemId(system),
    eventTime: time,
    ingestedAt: now,
    outcome,
    keys: Object.fromEntries(types.map((type) => [toKeyType(type), [...new Set(keys[type])]])),
    ...(outcome === "failed" ? { error: { class: "timeout" as const, message: "no answer" } } : {}),
  });
};

interface Process {
  readonly life: Mortal;
  readonly worker: SharedWorker;
}

const start = async (declared: DeclaredWorld): Promise<Process> => {
  const life = mortal(bed.openAnother());
  return { life, worker: await startWorker(life.cluster, declared, at) };
};

/** Runs it, and where the process died over it starts another in its place. */
const survive = async (process: Process, declared: DeclaredWorld, run: () => Promise<void>): Promise<Process> => {
  try {
    await run();
    if (!process.life.isDead) return process;
  } catch (error) {
    if (!(error instanceof StorageError) || !process.life.isDead) throw error;
  }
  return await start(declared);
};

const check = async ({ storage }: SharedWorker, declared: DeclaredWorld, sent: number): Promise<void> => {
  const events = (await storage.events.scan(null, 10_000)).map((each) => each.event);
  expect(events).toHaveLength(sent);
  const { items } = await storage.journeys.list({ flows: declared.active }, { cursor: null, limit: 500 });
  expect(sorted(items)).toEqual(sorted(await recompute(events, declared, now)));
};

/** What other processes wrote is found after a moment: not to be waited for, it is made so. */
const seeAll = async (): Promise<void> => bed.cluster.refresh(`${bed.settings.prefix}-*`);

const histories = fc.record({
  events: fc.array(event, { minLength: 6, maxLength: 24 }),
  /** Which worker an event comes to, and how many of them come before both project. */
  whose: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
  rounds: fc.array(fc.integer({ min: 2, max: 10 }), { minLength: 1, maxLength: 6 }),
  /** In which round a worker dies, at its how-manieth write, and whether the cluster heard of it. */
  deaths: fc.array(
    fc.record({
      round: fc.nat(4),
      whose: fc.boolean(),
      skipped: fc.nat(14),
      moment: fc.constantFrom("before", "after"),
    }),
    { maxLength: 3 },
  ),
});

/** Each opens the cluster's indices several times: few in the usual run, many when asked. */
const numRuns = Number(process.env["HOPLINE_PROPERTY_RUNS"] ?? 3);
const limitMs = 900_000;

describe("two workers that project into one store", () => {
  test(
    "end in the same journeys when flows are declared after events, and either worker matches them again",
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, fc.nat(24), fc.nat(24), async ({ events, whose, deaths }, early, late) => {
          const stored = events.map(toStored);
          const declareAt = new Map([
            [Math.min(early, late, events.length - 1), [first]],
            [Math.min(Math.max(early, late), events.length), [first, second, other]],
          ]);
          let versions: readonly FlowVersion[] = [];
          let [a, b] = [await start(worldOf([])), await start(worldOf([]))];
          for (let place = 0; place <= stored.length; place += 1) {
            const next = declareAt.get(place);
            if (next !== undefined) {
              const hashes = next.filter((version) => !versions.includes(version)).map(({ hash }) => hash);
              versions = next;
              const declared = worldOf(versions, hashes);
              for (const { worker } of [a, b]) await worker.declare(declared);
              const [death] = deaths;
              if (death !== undefined) a.life.killAtWrite(death.skipped, death.moment);
              const match = (process: Process) => survive(process, declared, () => process.worker.matchAgain(hashes));
              const more = stored.slice(place, place + 1);
              await b.worker.accept(more);
              [a, b] = await Promise.all([match(a), survive(b, declared, b.worker.projectAll)]);
              // Whether it died or not, it is begun again: what is done twice counts once.
              if (death !== undefined) a = await start(declared);
              a = await match(a);
              for (const { worker } of [a, b]) await worker.declare(worldOf(versions));
              for (const { flow } of versions) await a.worker.judgeFlow(flow);
            }
            const mine = whose[place] === true ? a : b;
            await mine.worker.accept(stored.slice(place, place + 1));
            await mine.worker.projectAll();
          }
          await seeAll();
          const declared = worldOf(versions);
          const last = await startWorker(bed.openAnother(), declared, at);
          await last.finish();
          await check(last, declared, stored.length);
          await seeAll();
          await bed.empty();
        }),
        { numRuns, interruptAfterTimeLimit: limitMs / 2, endOnFailure: true },
      );
    },
    limitMs,
  );

  test(
    "end in the journeys a plain recomputation gives, whoever takes what in and dies when",
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, async ({ events, whose, rounds, deaths }) => {
          const stored = events.map(toStored);
          let [a, b] = [await start(everything), await start(everything)];
          let sent = 0;
          for (let round = 0; sent < stored.length; round += 1) {
            const size = rounds[round % rounds.length] ?? 1;
            const part = stored.slice(sent, sent + size);
            await a.worker.accept(part.filter((_, index) => whose[sent + index] === true));
            await b.worker.accept(part.filter((_, index) => whose[sent + index] !== true));
            sent += part.length;
            for (const death of deaths)
              if (death.round === round) (death.whose ? a : b).life.killAtWrite(death.skipped, death.moment);
            [a, b] = await Promise.all([
              survive(a, everything, a.worker.projectAll),
              survive(b, everything, b.worker.projectAll),
            ]);
            // It dies of what it writes of journeys, not while it takes in the next events, which their sender would send again.
            for (const { life } of [a, b]) life.spare();
          }
          await seeAll();
          const last = await startWorker(bed.openAnother(), everything, at);
          await last.finish();
          await check(last, everything, stored.length);
          await seeAll();
          await bed.empty();
        }),
        { numRuns, interruptAfterTimeLimit: limitMs / 2, endOnFailure: true },
      );
    },
    limitMs,
  );
});
