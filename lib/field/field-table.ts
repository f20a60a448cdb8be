import type { Finding } from "#lib/contract/check-result.ts";
import { parseFieldPath, toFieldPattern, type PathToken } from "#lib/field/field-path.ts";
import { readField, type FieldReading } from "#lib/field/field-reading.ts";
import { listFields } from "#lib/field/list-fields.ts";
import { contractStep, payloadSteps, type PayloadStep } from "#lib/field/payload-steps.ts";
import type { FieldCell, FieldColumn, FieldRow, FieldTable } from "#lib/field/table.ts";
import type { FieldNeed, JourneyAnswer } from "#lib/record/record-answer.ts";

const maxRows = 300;

interface Problem {
  readonly field: string;
  readonly malformed: boolean;
  readonly expected?: string;
  /** Named by the error of a step that turned it down: nothing says that it broke on the way. */
  readonly named?: true;
}

/** What the contract found in the newest payload above the step, else what the failed event named. */
function problemsOf(journey: JourneyAnswer, steps: readonly PayloadStep[], target: string | null): readonly Problem[] {
  if (target === null) return [];
  const above = steps.filter((each) => each.step !== target);
  const last = above.reduce<PayloadStep | null>(
    (newest, each) => (newest === null || each.event.time >= newest.event.time ? each : newest),
    null,
  );
  const check = last?.event.checks?.[target];
  const findings: readonly Finding[] = check?.result === "breached" ? check.findings : [];
  const problems = findings.map(({ field, kind, expected }) => ({ field, malformed: kind === "bad_format", expected }));
  const { field, reason } = journey.verdict;
  if (field === undefined || problems.some((problem) => problem.field === field)) return problems;
  if (reason !== "missing_field" && reason !== "bad_format")
    return [{ field, malformed: false, named: true }, ...problems];
  return [{ field, malformed: reason === "bad_format" }, ...problems];
}

/** Places of the columns where the field is as bad as it is in the last one above the step, without a gap before it. */
function brokenFrom(readings: readonly FieldReading[], last: number, problem: Problem): number | undefined {
  const wrong = readings[last];
  if (wrong === undefined) return undefined;
  const isBad = (reading: FieldReading): boolean =>
    reading.presence !== "there" ||
    reading.finding !== undefined ||
    (problem.malformed && wrong.presence === "there" && reading.identity === wrong.identity);
  let first: number | undefined;
  for (let index = last; index >= 0; index -= 1) {
    const reading = readings[index];
    if (reading === undefined || !isBad(reading)) break;
    first = index;
  }
  return first;
}

function toCells(
  readings: readonly FieldReading[],
  problem: Problem | undefined,
  brokenAt: number | undefined,
): readonly FieldCell[] {
  let before: FieldReading | undefined;
  return readings.map((reading, index) => {
    if (reading.presence !== "there") return { kind: reading.presence };
    const repeated = before?.identity === reading.identity && index !== brokenAt;
    before = reading;
    if (repeated) return { kind: "same" };
    const malformed =
      reading.finding !== undefined || (problem?.malformed === true && brokenAt !== undefined && index >= brokenAt);
    if (reading.fact !== undefined) return { kind: "masked", text: reading.text, fact: reading.fact, malformed };
    if (!malformed) return { kind: "value", text: reading.text };
    const expected = reading.finding?.expected ?? problem?.expected;
    return { kind: "malformed", text: reading.text, ...(expected === undefined ? {} : { expected }) };
  });
}

/** A field that first shows up later has not changed; one that changes or goes away afterwards has. */
const hasChanged = (readings: readonly FieldReading[]): boolean => {
  const first = readings.findIndex((reading) => reading.presence !== "missing");
  const shown = readings.slice(Math.max(first, 0));
  return shown.some((reading) => reading.identity !== shown[0]?.identity);
};

const needFor = (needs: readonly FieldNeed[], field: string): FieldNeed | undefined =>
  needs.find((need) => need.field === field) ?? needs.find((need) => need.field === toFieldPattern(field));

const order = { problem: 0, changed: 1, unchanged: 2 } as const;

/** Pure: the payloads of a journey, before and after each hop, as one table of fields. */
export function fieldTable(journey: JourneyAnswer): FieldTable {
  const target = contractStep(journey);
  const steps = payloadSteps(journey, target);
  const listed = steps.map((each) => listFields(each.event.payload, maxRows));
  const problems = problemsOf(journey, steps, target);

  const paths = new Map<string, readonly PathToken[]>();
  for (const { field } of problems) paths.set(field, parseFieldPath(field));
  for (const { fields } of listed) {
    for (const [field, tokens] of fields) if (paths.size < maxRows && !paths.has(field)) paths.set(field, tokens);
  }

  const needing = (id: string): readonly FieldNeed[] => journey.names.shape.find((step) => step.id === id)?.needs ?? [];
  const needsOf = target ?? steps.findLast((each) => needing(each.step).length > 0)?.step ?? null;
  const needs = needsOf === null ? [] : needing(needsOf);
  const lastAbove = steps.findLastIndex((each) => each.step !== target);

  const rows = [...paths].map(([field, tokens]): FieldRow => {
    const readings = steps.map((each) => readField(each.event, field, tokens, target));
    const problem = problems.find((each) => each.field === field);
    const brokenAt =
      problem === undefined || problem.named === true ? undefined : brokenFrom(readings, lastAbove, problem);
    const need = needFor(needs, field);
    const kind = problem !== undefined ? "problem" : hasChanged(readings) ? "changed" : "unchanged";
    return {
      field,
      kind,
      cells: toCells(readings, problem, brokenAt),
      ...(need === undefined ? {} : { need }),
      ...(need?.title === undefined ? {} : { title: need.title }),
      ...(brokenAt === undefined ? {} : { brokenAt }),
    };
  });

  const count = (kind: FieldRow["kind"]): number => rows.filter((row) => row.kind === kind).length;
  const broken = rows.flatMap((row) => row.brokenAt ?? []);
  const columns = steps.map(({ step, system, event }, index): FieldColumn => ({
    step,
    system,
    time: event.time,
    outcome: event.outcome,
    event: { source: event.source, id: event.id },
    omitted: listed[index]?.omitted ?? 0,
  }));
  return {
    columns,
    rows: rows.toSorted((a, b) => order[a.kind] - order[b.kind]),
    problemCount: count("problem"),
    changedCount: count("changed"),
    unchangedCount: count("unchanged"),
    needsOf: needs.length === 0 ? null : needsOf,
    firstBroken: broken.length === 0 ? null : Math.min(...broken),
  };
}
