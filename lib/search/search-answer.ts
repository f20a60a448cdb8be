import type { JourneyState, Reason } from "#lib/journey/judgement.ts";
import type { LocalText } from "#lib/people/people.ts";

/** A record that a searched text leads to, by one of its keys. */
export interface SearchHit {
  /** The key that matched. */
  readonly type: string;
  readonly value: string;
  /** The whole key, separators and case forgiven, and not only its beginning or end. */
  readonly isWhole: boolean;
  readonly flow: string;
  readonly flowTitle: LocalText;
  readonly primaryType: string;
  readonly primary: string;
  readonly state: JourneyState;
  readonly reason: Reason | null;
  /** Epoch ms. */
  readonly since: number;
  readonly startedAt: number;
}

/** A key that was seen and leads to no record: still waiting for a link, matching no step, or too common to link. */
export interface LooseKey {
  readonly type: string;
  readonly value: string;
  readonly tooCommon: number | null;
}

export interface SearchAnswer {
  /** Best first: whole keys, then beginnings, then endings. One entry a journey. */
  readonly hits: readonly SearchHit[];
  readonly loose: readonly LooseKey[];
  /** More match than are listed. */
  readonly isCut: boolean;
  /** Only whole keys were looked for: too few characters. */
  readonly isShort: boolean;
  /** The text is, or looks like, a private value: it must never stand in an address. */
  readonly isPrivate: boolean;
  /** Key types that were searched. */
  readonly types: readonly string[];
  /** Arrival of the newest data, epoch ms. */
  readonly seenUpTo: number | null;
  /** Where nothing was found: records with a similar key. */
  readonly nearest: readonly SearchHit[];
}

export const recordPath = (type: string, value: string): string =>
  `/record/${encodeURIComponent(type)}/${encodeURIComponent(value)}`;

/** Where a hit leads: the permalink of its record. */
export const pathOfHit = ({ primaryType, primary }: SearchHit): string => recordPath(primaryType, primary);

/**
 * Where Enter leads at once: the only record found, or the only key that the text is whole (which may lead to several records
 * and is then the address itself). Null where a person has to choose.
 */
export const directPath = ({ hits, loose }: Pick<SearchAnswer, "hits" | "loose">): string | null => {
  const whole = hits.filter(({ isWhole }) => isWhole);
  const considered = whole.length > 0 ? whole : hits;
  const paths = new Set(considered.map(pathOfHit));
  const [only] = paths;
  if (only !== undefined) {
    if (paths.size === 1) return only;
    const keys = new Set(considered.map(({ type, value }) => recordPath(type, value)));
    const [key] = keys;
    return whole.length > 0 && keys.size === 1 && key !== undefined ? key : null;
  }
  const [first] = loose;
  return loose.length === 1 && first !== undefined ? recordPath(first.type, first.value) : null;
};
