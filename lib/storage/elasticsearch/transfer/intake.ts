import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import {
  dayInLetterId,
  deadLetterSchema,
  type LetterDocument,
  letterFrom,
  toLetterDocument,
} from "#lib/storage/elasticsearch/letter-document.ts";
import { factIn, type SourceDocument, sourceSchema } from "#lib/storage/elasticsearch/source-document.ts";
import type { ElasticsearchSources } from "#lib/storage/elasticsearch/sources.ts";
import { countIn, readPage, refuseRefused } from "#lib/storage/elasticsearch/transfer/page.ts";
import type { Reporter } from "#lib/storage/projection.ts";
import type { Transferred, TransferItems } from "#lib/storage/transfer.ts";

type Letter = TransferItems["deadLetter"];

export const clusterDeadLetterTransfer = (cluster: Cluster): Transferred<Letter> => {
  const alias = cluster.aliasOf(deadLetterSchema);
  return {
    count: async () => countIn(cluster, alias),
    read: (after, limit) =>
      readPage(cluster, { alias, sort: ["receivedAt", "letter"], toItem: letterFrom }, { after, limit }),
    async write(letters) {
      const outcomes = await cluster.write(
        letters.map((letter) => {
          const source = toDocument(letter);
          const index = cluster.indexOf(deadLetterSchema, letter.receivedAt);
          return { kind: "index", index, id: source.letter, source };
        }),
      );
      refuseRefused(alias, outcomes);
    },
  };
};

const numberDigits = 11;

/** A number of the embedded store stands in the id as a writer of its own would, in the same order; an id of a cluster stays. */
const toDocument = ({ id, redrivenAt, ...letter }: Letter): LetterDocument => {
  const writer = `${/^\d{1,16}$/u.test(id) ? Number(id).toString(36).padStart(numberDigits, "0") : "0"}-copied`;
  const made = toLetterDocument(letter, writer, 0);
  return {
    ...made,
    letter: dayInLetterId(id) === null ? made.letter : id,
    ...(redrivenAt === null ? {} : { redrivenAt }),
  };
};

export const clusterSourceTransfer = (sources: ElasticsearchSources): Transferred<TransferItems["source"]> => ({
  count: async () => (await sources.list()).length,
  read: async () => ({ items: await sources.list(), next: null }),
  async write(items) {
    // What is there already, from this copy before it was stopped, is not counted twice.
    await sources.list();
    await sources.commit(items, []);
    for (const { source, heartbeatAt, lastSeenAt } of items) {
      if (heartbeatAt !== undefined) await sources.acceptHeartbeat({ source, at: heartbeatAt, arrivedAt: lastSeenAt });
    }
  },
});

const isReport = { term: { kind: "report" } };

const toReporter = (document: SourceDocument): Reporter => {
  const fact = factIn(document);
  if (fact.kind !== "report") throw new TypeError(`${document.place} is no report`);
  const { flow, step, source, newestEventAt } = fact;
  return { flow, step, source, newestEventAt };
};

export const clusterReporterTransfer = (
  cluster: Cluster,
  sources: ElasticsearchSources,
): Transferred<TransferItems["reporter"]> => {
  const alias = cluster.aliasOf(sourceSchema);
  return {
    count: async () => countIn(cluster, alias, isReport),
    read: (after, limit) =>
      readPage(cluster, { alias, sort: ["place"], query: isReport, toItem: toReporter }, { after, limit }),
    async write(items) {
      await sources.commit([], items);
    },
  };
};
