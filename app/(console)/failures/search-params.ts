import { verdictParts } from "#lib/api/journeys-schema.ts";
import { parseRfc3339 } from "#lib/event/parse-time.ts";
import { facetNames, type FacetChoice } from "#lib/failure/failures-view.ts";
import { parseLocalTime, presetPeriod, presets, type Period, type Preset } from "#lib/period/period.ts";
import type { GivenFilters } from "#components/journeys/list-href.ts";

export interface AskedFailures {
  readonly period: Period;
  readonly range: Preset | "custom";
  readonly choice: FacetChoice;
  readonly open: string | null;
  /** The address without what is unknown or no good. */
  readonly given: GivenFilters;
  /** The form's times are the person's clock's: the same address with times that mean the same to everybody. */
  readonly isLocal: boolean;
}

const usual: Preset = "24h";
const names = ["flow", ...facetNames] as const;
const longestMs = 400 * 86_400_000;

/** Parameters of the failures page: `range`, or `from` and `to`; facets by their names in the read API, `without` for those that have none; the open row. */
export const failureFilters = (
  searchParams: unknown,
  clock: { readonly now: number; readonly timeZone: string },
): AskedFailures => {
  const entries = Object.entries(typeof searchParams === "object" && searchParams !== null ? searchParams : {});
  const texts = new Map(
    entries.flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && value.trim() !== "" && value.length <= 2_048 ? [[name, value]] : [],
    ),
  );
  const without = (texts.get("without") ?? "").split(",").filter((part) => verdictParts.some((each) => each === part));
  const facets = names.flatMap((name): [(typeof names)[number], string | null][] => {
    const value = texts.get(name);
    return value !== undefined ? [[name, value]] : without.includes(name) ? [[name, null]] : [];
  });
  const open = /^[a-z0-9]{1,13}$/u.exec(texts.get("open") ?? "")?.[0] ?? null;
  const own = periodOf(texts, clock);
  const range = own === null ? (presets.find((each) => each === texts.get("range")) ?? usual) : "custom";
  const none = facets.flatMap(([name, value]) => (value === null ? [name] : []));
  return {
    period: own === null ? presetPeriod(range === "custom" ? usual : range, clock) : { from: own.from, to: own.to },
    range,
    choice: Object.fromEntries(facets),
    open,
    given: {
      ...(own === null
        ? { ...(range !== usual && { range }) }
        : { from: new Date(own.from).toISOString(), to: new Date(own.to).toISOString() }),
      ...Object.fromEntries(facets.filter((facet): facet is [(typeof names)[number], string] => facet[1] !== null)),
      ...(none.length > 0 && { without: none.join(",") }),
      ...(open !== null && { open }),
    },
    isLocal: own?.isLocal ?? false,
  };
};

/** A span of one's own; an end left out is now, a beginning left out a day before the end. */
function periodOf(
  texts: ReadonlyMap<string, string>,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): (Period & { readonly isLocal: boolean }) | null {
  const read = (name: string) => {
    const text = texts.get(name) ?? "";
    const local = parseLocalTime(text, timeZone);
    return { at: local ?? parseRfc3339(text), isLocal: local !== null };
  };
  const [begin, end] = [read("from"), read("to")];
  if (begin.at === null && end.at === null) return null;
  const to = end.at ?? Math.max(now, begin.at ?? now) + 1;
  const from = Math.max(begin.at ?? to - 86_400_000, to - longestMs);
  return from < to ? { from, to, isLocal: begin.isLocal || end.isLocal } : null;
}
