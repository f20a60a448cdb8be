import type { MaskFact } from "#lib/event/hop-event.ts";
import { joinPointer } from "#lib/event/json-pointer.ts";
import { isJsonObject, emptyRecord } from "#lib/event/json-object.ts";

/** A masked place: where it is and what is known of what stood there. */
export interface MaskedPlace {
  readonly pointer: string;
  readonly fact: MaskFact;
}

/**
 * Values that stand in for masked ones: of the same type and length, equal where the masked ones were equal, and unlike
 * anything else, so that a schema's questions about them can be answered from the facts.
 */
export interface StandIns {
  readonly value: unknown;
  find(value: unknown): MaskedPlace | undefined;
}

/** Supplementary private use: code points that texts of business systems do not hold. */
const firstPrivate = 0xf0000;
const privateCount = 0xfffd;

export const putStandIns = (value: unknown, masks: Readonly<Record<string, MaskFact>>, base: string): StandIns => {
  const places = new Map<unknown, MaskedPlace>();
  const byHash = new Map<string, number>();
  const standInFor = (fact: MaskFact, pointer: string): unknown => {
    if (fact.blank) return " ".repeat(fact.length);
    const number = byHash.get(fact.hash) ?? byHash.size;
    byHash.set(fact.hash, number);
    const standIn =
      fact.type === "integer"
        ? 2 ** 52 + number
        : fact.type === "number"
          ? 2 ** 50 + number + 0.5
          : String.fromCodePoint(firstPrivate + (number % privateCount)).repeat(fact.length);
    if (!places.has(standIn)) places.set(standIn, { pointer, fact });
    return standIn;
  };
  const walk = (at: unknown, pointer: string): unknown => {
    const fact = Object.hasOwn(masks, pointer) ? masks[pointer] : undefined;
    if (fact !== undefined) return standInFor(fact, pointer);
    if (Array.isArray(at)) return at.map((item, index) => walk(item, `${pointer}/${index}`));
    if (!isJsonObject(at)) return at;
    const copy = emptyRecord<unknown>();
    for (const [name, member] of Object.entries(at)) copy[name] = walk(member, joinPointer(pointer, name));
    return copy;
  };
  return { value: walk(value, base), find: (one) => places.get(one) };
};

/** Whether any text or number inside stands in for a masked one. */
export const holdsStandIn = (value: unknown, standIns: StandIns): boolean =>
  standIns.find(value) !== undefined ||
  (typeof value === "object" &&
    value !== null &&
    Object.values(value).some((member) => holdsStandIn(member, standIns)));
