import type { Closing } from "#lib/storage/closings.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { KeptEntry } from "#lib/storage/elasticsearch/control/audit-chain.ts";
import { toChained } from "#lib/storage/elasticsearch/control/audit.ts";
import { closingPlace } from "#lib/storage/elasticsearch/control/closings.ts";
import type { DefinitionState } from "#lib/storage/elasticsearch/control/definition-state.ts";
import type { Documents } from "#lib/storage/elasticsearch/control/documents.ts";
import type { Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import { type JourneyNotes, notePointer, notesPlace } from "#lib/storage/elasticsearch/control/notes.ts";
import type { RequestState } from "#lib/storage/elasticsearch/control/request-state.ts";
import { requestDocument } from "#lib/storage/elasticsearch/control/requests.ts";
import { auditSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { inOnePage, putDocuments } from "#lib/storage/elasticsearch/control/transfer/put-documents.ts";
import { countIn, readPage, refuseRefused } from "#lib/storage/elasticsearch/transfer/page.ts";
import type { Request } from "#lib/storage/requests.ts";
import type { Transferred, TransferItems, TransferKinds } from "#lib/storage/transfer.ts";

type Note = TransferItems["note"];

interface Parts {
  readonly cluster: Cluster;
  readonly documents: Documents;
  readonly definitions: Ledger<DefinitionState>;
  readonly requests: Ledger<RequestState>;
}

/** What was done and said: audit chains as they are, requests, closings, notes. */
export const clusterRecordTransfer = ({
  cluster,
  documents,
  definitions,
  requests,
}: Parts): Pick<TransferKinds, "auditEntry" | "request" | "closing" | "note"> => ({
  auditEntry: auditTransfer(cluster),
  request: {
    ...inOnePage(async () => {
      await requests.read();
      const found = await documents.list<Request>([{ term: { kind: "request" } }]);
      return [...found.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    }),
    async write(items) {
      await putDocuments(
        cluster,
        items.map((item) => ({ id: requestDocument(item.id), kind: "request", at: item.createdAt, value: item })),
      );
      await requests.change(async (state) => ({ result: null, change: { state: items.reduce(withRequest, state) } }));
    },
  },
  closing: {
    ...inOnePage(async () => {
      await definitions.read();
      return [...(await documents.list<Closing>([{ term: { kind: "closing" } }])).values()];
    }),
    async write(items) {
      await putDocuments(
        cluster,
        items.map((item) => ({ id: closingPlace(item), kind: "closing", flow: item.flow, value: item })),
      );
      await definitions.change(async (state) => ({
        result: null,
        change: { state: { ...state, closings: state.closings + 1 } },
      }));
    },
  },
  note: {
    ...inOnePage(async () => {
      await definitions.read();
      const found = await documents.list<JourneyNotes>([{ term: { kind: "notes" } }]);
      return [...found.values()].flatMap(({ notes }) => notes);
    }),
    async write(items) {
      await writeNotes(cluster, documents, items);
      const deleted = items.flatMap((note) =>
        note.deletedAt === null ? [] : [{ place: notesPlace(note), id: note.id, at: note.deletedAt }],
      );
      await definitions.change(async (state) => {
        const others = state.deletedNotes.filter(({ id }) => !items.some((note) => note.id === id));
        return { result: null, change: { state: { ...state, deletedNotes: [...others, ...deleted] } } };
      });
    },
  },
});

/** A worker takes up again what a dead one was at. */
const withRequest = ({ open, newest }: RequestState, { id, kind, state }: Request): RequestState => ({
  open: [
    ...open.filter((each) => each.id !== id),
    ...(state === "waiting" || state === "running" ? [{ id, taker: null, beat: 0 }] : []),
  ],
  newest: [...newest.filter(([each]) => each !== kind), [kind, id]],
});

async function writeNotes(cluster: Cluster, documents: Documents, items: readonly Note[]): Promise<void> {
  const groups = Map.groupBy(items, notesPlace);
  const known = await documents.findMany<JourneyNotes>([...groups.keys()]);
  await putDocuments(
    cluster,
    [...groups].flatMap(([place, notes]) => {
      const ids = new Set(notes.map(({ id }) => id));
      const before = known.get(place)?.notes.filter(({ id }) => !ids.has(id)) ?? [];
      const flow = notes[0]?.flow ?? "";
      return [
        { id: place, kind: "notes", flow, value: { notes: [...before, ...notes] } },
        ...notes.map(({ id }) => ({ id: notePointer(id), kind: "note", flow, value: { place } })),
      ];
    }),
  );
}

const auditTransfer = (cluster: Cluster): Transferred<TransferItems["auditEntry"]> => {
  const alias = cluster.aliasOf(auditSchema);
  return {
    count: async () => countIn(cluster, alias),
    read: (after, limit) =>
      readPage(cluster, { alias, sort: ["process", "sequence"], toItem: toChained }, { after, limit }),
    async write(items) {
      const outcomes = await cluster.write(
        items.map(({ detail, ...entry }) => {
          const source: KeptEntry = { ...entry, detail: detail === undefined ? null : JSON.stringify(detail) };
          const index = cluster.indexOf(auditSchema, entry.at);
          return { kind: "index", index, id: `${entry.process}:${entry.sequence}`, source };
        }),
      );
      refuseRefused(alias, outcomes);
    },
  };
};
