import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import type { Truth } from "#ingest/demo/company-case.ts";

/** The part of an answer that a truth speaks about, in one text each. */
export interface Compared {
  readonly truth: Truth;
  readonly expected: string;
  readonly actual: string;
}

type Said = Pick<
  Truth,
  "state" | "step" | "reason" | "field" | "values" | "endedBy" | "passed" | "skewedHop" | "warnedOf" | "events"
>;

const toText = (said: Said): string =>
  [
    said.state,
    said.reason ?? "",
    said.step ?? "",
    said.field ?? "",
    (said.values ?? []).join(","),
    said.endedBy ?? "",
    (said.passed ?? []).join(","),
    said.skewedHop ?? "",
    said.warnedOf ?? "",
    said.events,
  ].join("|");

/** `showsSkew`: whether there were enough records for the clocks' difference to be shown. */
export function compare(truth: Truth, found: readonly JourneyAnswer[], showsSkew: boolean): Compared {
  const { skewedHop, ...rest } = truth;
  const expected = toText(showsSkew && skewedHop !== undefined ? truth : rest);
  const own = found.filter(({ flow, primary }) => flow === truth.flow && primary === truth.primary);
  const [journey] = own;
  if (journey === undefined || own.length > 1) return { truth, expected, actual: `${own.length} journeys` };
  const { state, verdict, steps, hops, endedBy, eventsTotal, warnings } = journey;
  // Nobody is told of a bad field but those whose trouble it is.
  const warned = warnings.flatMap(({ kind, field }) => (kind === "contract" ? [field ?? ""] : []));
  const skewed = hops.filter((hop) => hop.skewed && (hop.latencyMs ?? 0) < 0).map(({ from, to }) => `${from}..${to}`);
  const passed = steps.filter(({ status }) => status === "passed").map(({ id }) => id);
  return {
    truth,
    expected,
    actual: toText({
      state,
      step: verdict.step,
      reason: verdict.reason,
      ...(verdict.field !== undefined && { field: verdict.field }),
      ...(verdict.values !== undefined && { values: verdict.values }),
      ...(endedBy !== undefined && { endedBy }),
      passed,
      ...(skewed.length > 0 && { skewedHop: skewed.join(",") }),
      ...(warned.length > 0 && { warnedOf: warned.join(",") }),
      events: eventsTotal,
    }),
  };
}

/** Rows: what really happened. Columns: the state that the verdict named. */
export function confusionTable(compared: readonly Compared[]): string {
  const states = ["completed", "completed_late", "in_progress", "overdue", "failed", "unknown"];
  const rows = Map.groupBy(
    compared,
    ({ truth }) =>
      `${truth.trouble}: ${[truth.state, truth.reason, truth.step, truth.field].filter(Boolean).join(" ")}`,
  );
  const lines = [...rows]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]) => {
      const counts = states.map((state) => all.filter(({ actual }) => actual.startsWith(`${state}|`)).length);
      const right = all.filter(({ expected, actual }) => expected === actual).length;
      return [
        name.padEnd(64),
        ...counts.map((count) => String(count === 0 ? "." : count).padStart(15)),
        `${right}/${all.length}`.padStart(12),
      ].join("");
    });
  const head = [
    "what really happened".padEnd(64),
    ...states.map((state) => state.padStart(15)),
    "right".padStart(12),
  ].join("");
  return [head, ...lines].join("\n");
}
