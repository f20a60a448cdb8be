import { journeyObject } from "#lib/audit/journey-object.ts";
import type { Closing, Closings } from "#lib/storage/closings.ts";
import type { DefinitionState } from "#lib/storage/elasticsearch/control/definition-state.ts";
import type { Documents } from "#lib/storage/elasticsearch/control/documents.ts";
import { journeyPlace } from "#lib/storage/elasticsearch/control/journey-place.ts";
import type { Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import type { JourneyId } from "#lib/storage/journey-index.ts";

export const closingPlace = (journey: JourneyId): string => `closing:${journeyPlace(journey)}`;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

export const clusterClosings = (documents: Documents, ledger: Ledger<DefinitionState>): Closings => ({
  async revision() {
    return (await ledger.counters()).closings ?? 0;
  },
  async list() {
    await ledger.counters();
    const found = await documents.list<Closing>([{ term: { kind: "closing" } }]);
    return [...found.values()].toSorted((a, b) => compare(a.flow, b.flow) || compare(a.primary, b.primary));
  },
  async find(journey) {
    return await documents.find<Closing>(closingPlace(journey));
  },
  async close({ flow, primary, at, by, reason }) {
    const closing: Closing = { flow, primary, at, by, reason };
    const place = closingPlace(closing);
    const object = journeyObject(closing);
    const entry = { at, by, action: "journey.closed", object, result: "done", detail: { reason } } as const;
    return await ledger.change(async (state) => {
      if ((await documents.find<Closing>(place)) !== null) return { result: false };
      const patch = { id: place, kind: "closing", flow, fields: { ...closing } };
      const counted = { ...state, closings: state.closings + 1 };
      return { result: true, change: { state: counted, patches: [patch], entry } };
    });
  },
  async reopen(journey, at, by) {
    const place = closingPlace(journey);
    const entry = { at, by, action: "journey.reopened", object: journeyObject(journey), result: "done" } as const;
    return await ledger.change(async (state) => {
      if ((await documents.find<Closing>(place)) === null) return { result: false };
      const counted = { ...state, closings: state.closings + 1 };
      return { result: true, change: { state: counted, patches: [{ id: place, kind: "gone", fields: null }], entry } };
    });
  },
  async forget(journeys, before) {
    return await ledger.change(async (state) => {
      const found = await documents.findMany<Closing>(journeys.map(closingPlace));
      const gone = [...found].flatMap(([place, { at }]) => (at < before ? [place] : []));
      if (gone.length === 0) return { result: 0 };
      const counted = { ...state, closings: state.closings + 1 };
      const patches = gone.map((id) => ({ id, kind: "gone", fields: null }));
      return { result: gone.length, change: { state: counted, patches } };
    });
  },
});
