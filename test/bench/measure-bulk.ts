import { eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { eventSchemas } from "#lib/storage/elasticsearch/event-storage.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { followDocuments, type KeptDocument } from "#test/bench/kept-documents.ts";
import { batchSize } from "#test/bench/measure-ingest.ts";
import { orderBatch } from "#test/bench/order-events.ts";
import { percentileOf } from "#test/bench/percentile-of.ts";
import { postOrders } from "#test/bench/post-orders.ts";
import type { Figure } from "#test/bench/report.ts";
import { untilWorkedIn } from "#test/bench/until-worked-in.ts";
import type { ClusterCorner } from "#test/bench/with-corners.ts";
import type { TestWorker } from "#test/support/worker.ts";

interface BulkOptions {
  /** Keeps everything in `ours`. */
  readonly worker: TestWorker;
  /** Is sent the same beside it. */
  readonly embedded: TestWorker;
  readonly ours: ClusterCorner;
  /** Empty; gets the same indices and then the same documents. */
  readonly bare: ClusterCorner;
  /** One more warms up and is not counted. */
  readonly rounds: number;
  readonly eventsPerRound: number;
  readonly startedAt: number;
}

/** Times of one round, ms. */
interface Round {
  /** Until the last 202, and until everything is in the journeys. */
  readonly cluster: Ingested;
  readonly embedded: Ingested;
  /** All documents, and those of events alone. */
  readonly bulkMs: number;
  readonly bulkEventsMs: number;
  readonly documents: number;
}

interface Ingested {
  readonly answeredMs: number;
  readonly workedInMs: number;
}

/**
 * Orders over HTTP into a worker that keeps everything in the cluster, against the same documents sent by the client's `helpers.bulk`
 * with nothing around, into indices made alike. The same documents are all that the worker has left behind, events and what it made of
 * them, as they are in the end; the worker's time ends when the last of them is written. A worker of the embedded store is sent the same.
 * In turns, so that whatever else this machine does meets all of them; bodies and documents are made before.
 */
export const measureBulk = async (options: BulkOptions): Promise<readonly Figure[]> => {
  const { worker, embedded, ours, bare, eventsPerRound, startedAt } = options;
  await install(bare.cluster, eventSchemas);
  const newDocuments = followDocuments(ours.cluster);
  const rounds: Round[] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const orders = { first: round * eventsPerRound, count: eventsPerRound, startedAt };
    const inCluster = await timeIngest(worker, orders);
    const documents = (await newDocuments()).map((each) => ({ ...each, index: inCorner(bare, ours, each.index) }));
    const events = documents.filter(({ index }) => index.startsWith(`${bare.cluster.aliasOf(eventSchema)}-v`));
    if (events.length !== eventsPerRound) throw new Error(`${events.length} of ${eventsPerRound} events were kept`);
    const bulkMs = await timeBulk(bare, documents);
    const others = events.map((event) => ({ ...event, id: `${event.id}-again` }));
    const bulkEventsMs = await timeBulk(bare, others);
    const inFolder = await timeIngest(embedded, orders);
    rounds.push({ cluster: inCluster, embedded: inFolder, bulkMs, bulkEventsMs, documents: documents.length });
  }
  return toFigures(rounds.slice(1), eventsPerRound);
};

interface Orders {
  readonly first: number;
  readonly count: number;
  readonly startedAt: number;
}

const timeIngest = async (worker: TestWorker, { first, count, startedAt }: Orders): Promise<Ingested> => {
  const bodies = new Map<number, Buffer>();
  for (let at = first; at < first + count; at += batchSize)
    bodies.set(at, Buffer.from(orderBatch(at, batchSize, startedAt)));
  const begun = performance.now();
  await postOrders({
    url: worker.url,
    first,
    count,
    startedAt,
    batchSize,
    connections: 4,
    retry: true,
    bodyOf: (at) => bodies.get(at),
  });
  const answeredMs = performance.now() - begun;
  await untilWorkedIn(worker);
  return { answeredMs, workedInMs: performance.now() - begun };
};

const inCorner = (to: ClusterCorner, from: ClusterCorner, index: string): string =>
  to.settings.prefix + index.slice(from.settings.prefix.length);

const timeBulk = async ({ cluster }: ClusterCorner, documents: readonly KeptDocument[]): Promise<number> => {
  const begun = performance.now();
  const { failed } = await cluster.client.helpers.bulk({
    datasource: [...documents],
    onDocument: ({ index, id, source }) => [{ index: { _index: index, _id: id } }, source],
  });
  if (failed > 0) throw new Error(`${failed} documents were not taken`);
  return performance.now() - begun;
};

const wantedRatio = 0.8;

const toFigures = (rounds: readonly Round[], eventsPerRound: number): readonly Figure[] => {
  const samples = rounds.length * eventsPerRound;
  const perSecond = (timeOf: (round: Round) => number): number =>
    eventsPerRound / (percentileOf(rounds.map(timeOf), 0.5) / 1_000);
  const figure = (what: string, value: string): Figure => ({ what, value, wanted: "", samples, isMet: null });
  const ofIngest = (timesOf: (round: Round) => Ingested): string => {
    const answered = perSecond((round) => timesOf(round).answeredMs);
    return `${Math.round(perSecond((round) => timesOf(round).workedInMs))}/s (${Math.round(answered)}/s until the last 202)`;
  };
  const documents = percentileOf(
    rounds.map((round) => round.documents / eventsPerRound),
    0.5,
  );
  const ratio = perSecond(({ cluster }) => cluster.workedInMs) / perSecond(({ bulkMs }) => bulkMs);
  return [
    figure(
      "ingest through the worker into Elasticsearch, all in the journeys",
      ofIngest(({ cluster }) => cluster),
    ),
    figure(
      "the same through the worker into the embedded store",
      ofIngest(({ embedded }) => embedded),
    ),
    figure(
      `the same ${documents.toFixed(1)} documents an event by the bulk helper`,
      `${Math.round(perSecond(({ bulkMs }) => bulkMs))}/s`,
    ),
    figure(
      "documents of events alone by the bulk helper",
      `${Math.round(perSecond(({ bulkEventsMs }) => bulkEventsMs))}/s`,
    ),
    {
      what: "ingest through the worker against the bulk helper",
      value: ratio.toFixed(2),
      wanted: `≥ ${wantedRatio}`,
      samples,
      isMet: ratio >= wantedRatio,
    },
  ];
};
