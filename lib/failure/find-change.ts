/** An attribute as one event carried it. */
export interface Seen {
  /** Event time, epoch ms. */
  readonly at: number;
  /** Where it was carried: the same name means the same only at the same step. */
  readonly step: string;
  readonly name: string;
  readonly value: string;
  /** By a record of the group. */
  readonly isBroken: boolean;
}

/** A value that came up just before a group of records began to break. */
export interface Change {
  /** When the value was first seen. */
  readonly at: number;
  readonly step: string;
  readonly name: string;
  readonly value: string;
  /** What stood there last before it. */
  readonly before: string;
}

export const changeWindowMs = 3_600_000;
/** Names with more values are ids and amounts, not versions. */
const maxValues = 12;

/**
 * The rule, as pages tell it: a value of an attribute that at least half of the group's records carry, that was first seen within an hour
 * before the group's first failure, and before which the same attribute at the same step had another value. The latest such change; ties
 * in order of name and step. It is what came before, not a cause.
 */
export function findChange(seen: readonly Seen[], firstFailureAt: number): Change | null {
  const places = Map.groupBy(seen, ({ step, name }) => JSON.stringify([name, step]));
  const found = [...places.values()].flatMap((own) => changeAt(own, firstFailureAt) ?? []);
  // a value that is carried on from step to step came up at the first of them
  const changes = [...Map.groupBy(found, ({ name, value }) => JSON.stringify([name, value])).values()].flatMap(
    (same) => same.toSorted((a, b) => a.at - b.at)[0] ?? [],
  );
  return (
    changes.toSorted(
      (a, b) =>
        b.at - a.at || compareTexts(a.name, b.name) || compareTexts(a.step, b.step) || compareTexts(a.value, b.value),
    )[0] ?? null
  );
}

/** `own`: all of one attribute at one step. */
function changeAt(own: readonly Seen[], firstFailureAt: number): Change | null {
  const inOrder = own.toSorted((a, b) => a.at - b.at);
  if (new Set(inOrder.map(({ value }) => value)).size > maxValues) return null;
  const broken = own.filter(({ isBroken }) => isBroken);
  const [common] = [...Map.groupBy(broken, ({ value }) => value)].toSorted(([, a], [, b]) => b.length - a.length);
  if (common === undefined || common[1].length * 2 < broken.length) return null;
  const [value] = common;
  const index = inOrder.findIndex((each) => each.value === value);
  const [first, before] = [inOrder[index], inOrder[index - 1]];
  if (first === undefined || before === undefined) return null;
  if (first.at > firstFailureAt || first.at < firstFailureAt - changeWindowMs) return null;
  return { at: first.at, step: first.step, name: first.name, value, before: before.value };
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
