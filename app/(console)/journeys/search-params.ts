import { journeysQuery, type JourneysQuery } from "#lib/api/journeys-schema.ts";
import { parseRfc3339 } from "#lib/event/parse-time.ts";
import { parseLocalTime, presetPeriod, presets } from "#lib/period/period.ts";
import type { ListQuestion } from "#components/journeys/list-href.ts";

interface Now {
  readonly now: number;
  readonly timeZone: string;
}

export interface AskedJourneys extends Omit<ListQuestion, "hasBadCursor"> {
  readonly query: JourneysQuery;
  /** The form's times are the person's clock's: the same address with times that mean the same to everybody. */
  readonly isLocal: boolean;
}

const times = ["from", "to"] as const;

/** Parameters of the address that the list knows and can use; the same names as in the read API, and `range` for spans that end now. */
export const journeyFilters = (searchParams: unknown, clock: Now): AskedJourneys => {
  const entries = Object.entries(typeof searchParams === "object" && searchParams !== null ? searchParams : {});
  const texts = new Map(
    entries.flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && value.trim() !== "" ? [[name, value]] : [],
    ),
  );
  let isLocal = false;
  for (const name of times) {
    const at = parseLocalTime(texts.get(name) ?? "", clock.timeZone);
    if (at === null) continue;
    texts.set(name, new Date(at).toISOString());
    isLocal = true;
  }
  const known = [...texts].filter(([name]) => name in journeysQuery.shape && name !== "limit");
  const parsed = journeysQuery.safeParse(Object.fromEntries(known));
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]));
  const plain = Object.fromEntries(known.filter(([name]) => !wrong.has(name)));
  const query = journeysQuery.parse(plain);
  const { from, to } = query;
  const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const isCustom = from !== undefined || to !== undefined;
  // further pages of a span that ends now are of the same span
  const asOf = query.cursor === undefined ? null : parseRfc3339(texts.get("asOf") ?? "");
  const given = asOf === null ? plain : { ...plain, asOf: new Date(asOf).toISOString() };
  const asked = { given, isLocal, asOf: asOf ?? clock.now };
  const preset = isCustom ? undefined : presets.find((each) => each === texts.get("range"));
  if (preset === undefined) return { ...asked, query, range: isCustom ? "custom" : "any", period: span };
  const period = presetPeriod(preset, { ...clock, now: asked.asOf });
  return { ...asked, query: { ...query, ...period }, given: { ...given, range: preset }, range: preset, period };
};
