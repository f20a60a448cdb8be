import type { FlowId, KeyType } from "#lib/id/id.ts";
import type { AliasLists, ListedUnit } from "#lib/storage/elasticsearch/alias-list.ts";
import type { Cluster, KeptDocument, Revision } from "#lib/storage/elasticsearch/cluster.ts";
import {
  flowTerm,
  placeOfUnit,
  toUnitDocument,
  type UnitDocument,
  unitDocumentId,
  unitIn,
  unitSchema,
} from "#lib/storage/elasticsearch/unit-document.ts";
import type { WriteOperation } from "#lib/storage/elasticsearch/write.ts";
import type { Unit, UnitId, Units } from "#lib/storage/projection.ts";
import type { UnitChange } from "#lib/storage/shared-projection.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { toUnitBody } from "#lib/storage/unit-body.ts";

export interface SharedUnits extends Units {
  /** Writes each over what it was made from; answers with those that somebody else wrote since. Lists of aliases come first. */
  write(changes: readonly UnitChange[]): Promise<ReadonlySet<UnitId>>;
  /** Writes them whatever is there. */
  replace(units: readonly Unit[]): Promise<void>;
  remove(units: readonly Pick<Unit, "id" | "flow" | "isPrimary" | "keys">[]): Promise<void>;
  /** Forgets a slice of those whose newest event arrived before `before`; false where there was none. */
  expire(before: number): Promise<boolean>;
  /** Types that units of the flow have their primary in. */
  primaryTypes(flow: FlowId): Promise<readonly KeyType[]>;
}

type Kept = Pick<UnitDocument, "id" | "body">;

const mostTypes = 1_000;
const unitsPerSlice = 2_000;

export function createUnits(cluster: Cluster, aliasLists: AliasLists): SharedUnits {
  const index = cluster.indexOf(unitSchema);
  /** Which writing each object that was handed out stands for. */
  const revisions = new WeakMap<Unit, Revision>();

  const unitOf = ({ source, seqNo, primaryTerm }: KeptDocument<Kept>): Unit => {
    const unit = unitIn(source);
    revisions.set(unit, { seqNo, primaryTerm });
    return unit;
  };
  const loadDocuments = async (ids: readonly string[]): Promise<readonly Unit[]> =>
    [...(await cluster.getMany<Kept>(index, ids, ["id", "body"])).values()].map(unitOf);

  const write: SharedUnits["write"] = async (changes) => {
    const changed = changes.filter(({ unit, over }) => over === null || toUnitBody(over) !== toUnitBody(unit));
    await aliasLists.add(changed.flatMap(({ unit, over }) => (over === null ? listed(unit) : [])));
    const outcomes = await cluster.write(
      changed.map(({ unit, over }): WriteOperation => {
        const document = { index, id: unitDocumentId(unit.id), source: toUnitDocument(unit) };
        if (over === null) return { kind: "create", ...document };
        const revision = revisions.get(over);
        if (revision === undefined) throw new Error("A unit is written over one that this store has handed out");
        return { kind: "index", ...document, revision };
      }),
    );
    const conflicts = new Set<UnitId>();
    for (const [at, outcome] of outcomes.entries()) {
      const unit = changed[at]?.unit;
      if (unit === undefined) continue;
      if (outcome.status === "done") revisions.set(unit, outcome.revision);
      else if (outcome.status === "refused")
        throw new StorageError("damaged", `write ${index}: ${outcome.refusal.type}, ${outcome.refusal.reason}`);
      else conflicts.add(unit.id);
    }
    for (const { unit, over } of changes) {
      const known = over === null ? undefined : revisions.get(over);
      if (known !== undefined && !revisions.has(unit) && !conflicts.has(unit.id)) revisions.set(unit, known);
    }
    return conflicts;
  };

  return {
    write,
    async load(ids) {
      return new Map((await loadDocuments(ids.map(unitDocumentId))).map((unit) => [unit.id, unit]));
    },
    async listByAliases(flow, aliases, limit) {
      return await loadDocuments(await aliasLists.list(flow, aliases, limit));
    },
    async scan(flow, after, limit) {
      // Others' as well: who judges all units of a flow again must leave none out.
      await cluster.refresh(index);
      const { hits } = await cluster.search<Kept>(index, {
        query: {
          bool: {
            filter: [
              { term: { flow: flowTerm(flow) } },
              ...(after === null ? [] : [{ range: { place: { gt: placeOfUnit(after) } } }]),
            ],
          },
        },
        size: limit,
        sort: [{ place: "asc" }],
        track_total_hits: false,
        _source: ["id", "body"],
      });
      return hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : unitIn(_source)));
    },
    async replace(units) {
      await aliasLists.add(units.flatMap(listed));
      await cluster.write(
        units.map((unit) => ({ kind: "index", index, id: unitDocumentId(unit.id), source: toUnitDocument(unit) })),
      );
    },
    async remove(units) {
      // Lists last: what is listed and gone is passed over, what is there and not listed would never be found.
      await cluster.write(units.map(({ id }) => ({ kind: "delete", index, id: unitDocumentId(id) })));
      await aliasLists.remove(units.flatMap(listed));
    },
    async expire(before) {
      await cluster.refresh(index);
      const { hits } = await cluster.search<Kept>(index, {
        query: { range: { newestIngestedAt: { lt: before } } },
        size: unitsPerSlice,
        track_total_hits: false,
        _source: false,
      });
      if (hits.hits.length === 0) return false;
      // As they are by now: one may just have got an event, or get it before it is deleted.
      const found = await loadDocuments(hits.hits.flatMap(({ _id = [] }) => _id));
      const old = found.filter(({ newestIngestedAt }) => newestIngestedAt < before);
      const outcomes = await cluster.write(
        old.map((unit): WriteOperation => {
          const revision = revisions.get(unit);
          return {
            kind: "delete",
            index,
            id: unitDocumentId(unit.id),
            ...(revision === undefined ? {} : { revision }),
          };
        }),
      );
      await aliasLists.remove(old.filter((_, at) => outcomes[at]?.status === "done").flatMap(listed));
      return true;
    },
    async primaryTypes(flow) {
      const { aggregations } = await cluster.search(index, {
        size: 0,
        track_total_hits: false,
        query: { term: { flow: flowTerm(flow) } },
        aggs: { types: { terms: { field: "primaryType", size: mostTypes } } },
      });
      return typesIn(aggregations).types.buckets.map(({ key }) => key);
    },
  };
}

/** Asked for as above. */
const typesIn = (found: unknown): { readonly types: { readonly buckets: readonly { readonly key: KeyType }[] } } =>
  (found ?? { types: { buckets: [] } }) as ReturnType<typeof typesIn>;

const listed = ({ id, flow, isPrimary, keys }: Pick<Unit, "id" | "flow" | "isPrimary" | "keys">): ListedUnit[] =>
  isPrimary ? [] : [{ flow, aliases: keys, unit: unitDocumentId(id) }];
