import { valueAt, type PathToken } from "#lib/field/field-path.ts";
import { readField, type FieldReading } from "#lib/field/field-reading.ts";
import { listFields } from "#lib/field/list-fields.ts";
import { payloadSteps, type PayloadStep } from "#lib/field/payload-steps.ts";
import type { EventAnswer, JourneyAnswer } from "#lib/record/record-answer.ts";

/** Worst first: what a record lacks says more than how it is written. */
const kinds = ["empty_here", "missing_here", "format", "type", "empty_there", "missing_there"] as const;
export type FieldDifferenceKind = (typeof kinds)[number];

export interface FieldDifference {
  readonly field: string;
  /** Name in a contract of the flow. */
  readonly title?: string;
  /** The first step at which it differs so. */
  readonly step: string;
  readonly kind: FieldDifferenceKind;
  /** As shown; "" where empty or not there. */
  readonly here: string;
  readonly there: string;
}

export interface FieldComparison {
  readonly differences: readonly FieldDifference[];
  /** Fields that have another value and nothing else, and fields that are the same wherever both were seen. */
  readonly otherValues: number;
  readonly same: number;
}

const maxFields = 300;

/** What a value made of figures and their separators looks like: dates and amounts written another way show; names do not. */
function figuresForm(text: string): string | null {
  if (!/^[\d\s.,:/+TZ-]+$/u.test(text) || !/\d/u.test(text) || !/\D/u.test(text)) return null;
  return text.replaceAll(/\d+/gu, "9");
}

const kindOfValue = (value: unknown): string =>
  Array.isArray(value) ? "array" : value === null ? "null" : typeof value;

function differenceOf(
  here: FieldReading,
  there: FieldReading,
  values: readonly [unknown, unknown],
): FieldDifferenceKind | "value" | "same" {
  if (here.presence !== there.presence) {
    if (here.presence === "there") return there.presence === "empty" ? "empty_there" : "missing_there";
    if (there.presence === "there") return here.presence === "empty" ? "empty_here" : "missing_here";
    return "same";
  }
  if (here.identity === there.identity) return "same";
  if (here.fact !== undefined || there.fact !== undefined) {
    const formats = [here.fact?.formats.join(), there.fact?.formats.join()];
    return formats[0] === formats[1] ? "value" : "format";
  }
  if (kindOfValue(values[0]) !== kindOfValue(values[1])) return "type";
  const forms = [figuresForm(here.text), figuresForm(there.text)];
  return forms[0] !== null && forms[1] !== null && forms[0] !== forms[1] ? "format" : "value";
}

interface Seen {
  readonly kind: FieldDifferenceKind | "value" | "same";
  readonly difference: FieldDifference | null;
}

function compareAt(
  step: string,
  [here, there]: readonly [EventAnswer, EventAnswer],
  [field, tokens]: readonly [string, readonly PathToken[]],
): Seen {
  const readings = [readField(here, field, tokens, null), readField(there, field, tokens, null)] as const;
  const kind = differenceOf(...readings, [valueAt(here.payload, tokens), valueAt(there.payload, tokens)]);
  const difference = { field, step, here: readings[0].text, there: readings[1].text };
  return { kind, difference: kind === "value" || kind === "same" ? null : { ...difference, kind } };
}

/**
 * Pure: fields of two journeys of one flow, at the steps where both were seen with a payload. Two records differ in their values anyway:
 * those are counted; listed is what one has and the other lacks, and what is of another kind or form. A field is listed once, at the first
 * step where it differs.
 */
export function compareFields(here: JourneyAnswer, there: JourneyAnswer): FieldComparison {
  const others = new Map(payloadSteps(there, null).map((each) => [each.step, each]));
  const found = new Map<string, Seen>();
  for (const own of payloadSteps(here, null)) {
    const other: PayloadStep | undefined = others.get(own.step);
    if (other === undefined) continue;
    const events = [own.event, other.event] as const;
    const paths = new Map(events.flatMap(({ payload }) => [...listFields(payload, maxFields).fields]));
    for (const path of paths) {
      const known = found.get(path[0]);
      if (known !== undefined && known.difference !== null) continue;
      const seen = compareAt(own.step, events, path);
      if (known === undefined || seen.difference !== null || known.kind === "same") found.set(path[0], seen);
    }
  }
  const titles = new Map(
    here.names.shape.flatMap(({ needs }) => needs.map(({ field, title }) => [field, title] as const)),
  );
  const differences = [...found.values()].flatMap(({ difference }): readonly FieldDifference[] => {
    if (difference === null) return [];
    const title = titles.get(difference.field);
    return [title === undefined ? difference : { ...difference, title }];
  });
  const count = (kind: Seen["kind"]): number => [...found.values()].filter((seen) => seen.kind === kind).length;
  return {
    differences: differences.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind)),
    otherValues: count("value"),
    same: count("same"),
  };
}
