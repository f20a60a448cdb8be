import type { FlowId } from "#lib/id/id.ts";
import { toDocumentId } from "#lib/storage/elasticsearch/document-id.ts";
import { type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import { toTerm } from "#lib/storage/elasticsearch/search-term.ts";
import type { Unit, UnitId } from "#lib/storage/projection.ts";
import { toUnitBody, unitFrom } from "#lib/storage/unit-body.ts";

export interface UnitDocument {
  readonly flow: string;
  /** Sorts as the unit's id does. */
  readonly place: string;
  /** Absent where it is known by aliases only. */
  readonly primaryType?: string;
  readonly newestIngestedAt: number;
  /** The unit's id, and what stands beside it. */
  readonly id: string;
  readonly body: string;
}

export const unitSchema: IndexSchema = {
  name: "unit",
  version: 1,
  span: "one",
  properties: { flow: keyword, place: keyword, primaryType: keyword, newestIngestedAt: long, id: kept, body: kept },
};

export const unitDocumentId = (id: UnitId): string => toDocumentId(id);

export const flowTerm = (flow: FlowId): string => toTerm(flow);

/** An id may hold a thousand aliases: those that differ only far behind stand together in no special order. */
export const placeOfUnit = (id: UnitId): string => toTerm(id);

export const toUnitDocument = (unit: Unit): UnitDocument => {
  const [primary] = unit.keys;
  return {
    flow: flowTerm(unit.flow),
    place: placeOfUnit(unit.id),
    ...(unit.isPrimary && primary !== undefined ? { primaryType: primary.type } : {}),
    newestIngestedAt: unit.newestIngestedAt,
    id: JSON.stringify(unit.id),
    body: toUnitBody(unit),
  };
};

export const unitIn = ({ id, body }: Pick<UnitDocument, "id" | "body">): Unit => unitFrom(idFrom(id), body);

/** Written by `toUnitDocument`. */
const idFrom = (text: string): UnitId => JSON.parse(text) as UnitId;
