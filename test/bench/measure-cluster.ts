import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { measureBothStores } from "#test/bench/measure-both-stores.ts";
import { measureBulk } from "#test/bench/measure-bulk.ts";
import { batchSize, flows } from "#test/bench/measure-ingest.ts";
import { measureRecord, wantedTimes } from "#test/bench/measure-record.ts";
import { postOrders } from "#test/bench/post-orders.ts";
import type { Figure } from "#test/bench/report.ts";
import { startConsole } from "#test/bench/running-console.ts";
import { untilWorkedIn } from "#test/bench/until-worked-in.ts";
import { type ClusterCorner, withCorners } from "#test/bench/with-corners.ts";
import { clusterEnvOf } from "#test/support/store-place.ts";
import { startTestWorker } from "#test/support/worker.ts";

interface ClusterOptions {
  readonly rounds: number;
  readonly eventsPerRound: number;
  /** Events at which a record is looked up the second time; the first time it is what the rounds have left. */
  readonly events: number;
  readonly lookups: number;
  readonly say: (line: string) => void;
}

/** Elasticsearch as the store: ingest against the bulk helper, a record against the bare query, and the embedded store beside it on the same work. */
export const measureCluster = async (options: ClusterOptions): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), "hopline-bench-cluster-"));
  try {
    return await withCorners((ours, bare) => measureIn(folder, ours, bare, options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const measureIn = async (
  folder: string,
  ours: ClusterCorner,
  bare: ClusterCorner,
  { rounds, eventsPerRound, events, lookups, say }: ClusterOptions,
): Promise<readonly Figure[]> => {
  const stops: (() => Promise<unknown>)[] = [];
  const running = <Started extends { stop(): Promise<unknown> }>(started: Started): Started => {
    stops.unshift(() => started.stop());
    return started;
  };
  const load = [loadavg()[0] ?? Number.NaN];
  try {
    const startedAt = Date.now() - events * 2 - 3_600_000;
    const env = clusterEnvOf(ours.settings);
    const [home, embeddedHome] = [join(folder, "cluster"), join(folder, "embedded")];
    const worker = running(await startTestWorker({ home, flows, env }));
    const embedded = running(await startTestWorker({ home: embeddedHome, flows }));
    const figures = [...(await measureBulk({ worker, embedded, ours, bare, rounds, eventsPerRound, startedAt }))];

    const few = (rounds + 1) * eventsPerRound;
    const console = running(await startConsole(home, env));
    const beside = running(await startConsole(embeddedHome, {}));
    say(`both stores asked the same, ${few} events`);
    figures.push(
      ...(await measureBothStores({
        cluster: console,
        embedded: beside,
        count: few,
        startedAt,
        asked: Math.ceil(lookups / 5),
      })),
    );
    const look = (count: number, first: number) =>
      measureRecord({ worker, console, cluster: ours.cluster, count, first, startedAt, lookups });
    say(`a record by key among ${few} events`);
    const small = await look(few, few);
    const from = few + small.arrived;
    say(`${events} events into Elasticsearch`);
    const rest = Math.max(0, events - from);
    await postOrders({ url: worker.url, first: from, count: rest, startedAt, batchSize, connections: 4, retry: true });
    await untilWorkedIn(worker);
    say(`a record by key among ${events} events`);
    const large = await look(events, from + rest);
    const growth = large.p99Ms / small.p99Ms;
    load.push(loadavg()[0] ?? Number.NaN);
    return [
      ...figures,
      ...small.figures,
      ...large.figures,
      {
        what: `p99 of a record from ${few} to ${events} events`,
        value: `× ${growth.toFixed(2)}`,
        wanted: `≤ ${wantedTimes}`,
        samples: lookups,
        isMet: growth <= wantedTimes,
      },
      {
        what: "load of the machine before and after the part on Elasticsearch",
        value: load.map((each) => each.toFixed(1)).join(", "),
        wanted: "",
        samples: load.length,
        isMet: null,
      },
    ];
  } finally {
    for (const stop of stops) await stop();
  }
};
