import type { Finding } from "#lib/contract/check-result.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { Flow, Step } from "#lib/flow/flow-version.ts";
import type { SourceWatermark } from "#lib/source/source.ts";

/**
 * What happened to a journey, worked out the long way from a plain list of its events: no facts, no merging, every question asked of
 * all events again. Slow on purpose and written from DESIGN 5 and 5.1 alone, so that it can disagree with the engine.
 */
export interface NaiveAnswer {
  readonly state: string;
  readonly reason: string | null;
  readonly step: string | null;
  readonly hop: string | null;
  readonly field: string | undefined;
  readonly values: readonly string[] | undefined;
  readonly since: number;
  readonly endedBy: string | undefined;
  readonly steps: readonly {
    id: string;
    status: string;
    at: number | undefined;
    dueAt: number | undefined;
    attempts: number;
  }[];
}

export interface NaiveContext {
  readonly now: number;
  readonly eyes: (step: string) => readonly SourceWatermark[];
  readonly population: (step: string) => { due: number; missing: number } | null;
}

type Origin = { at: number; step: Step | null; event: StoredEvent | null } | "no time" | "not yet";

const before = (a: StoredEvent, b: StoredEvent): number =>
  a.eventTime - b.eventTime ||
  (a.source < b.source ? -1 : a.source > b.source ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const first = (events: readonly StoredEvent[]): StoredEvent | null => events.toSorted(before)[0] ?? null;
const last = (events: readonly StoredEvent[]): StoredEvent | null => events.toSorted(before).at(-1) ?? null;

export function naiveJudge(flow: Flow, all: readonly StoredEvent[], context: NaiveContext): NaiveAnswer {
  const events = [...new Map(all.map((event) => [`${event.source}/${event.id}`, event])).values()];
  const start = Math.min(...events.map((event) => event.eventTime));
  const step = (id: string): Step => {
    const found = flow.steps.find((each) => each.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };
  const predecessors = (of: Step): readonly Step[] => [...of.after, ...of.afterAny].map(step);
  const isAbove = (above: Step, of: Step): boolean =>
    predecessors(of).some((each) => each === above || isAbove(above, each));

  const atStep = (of: Step): readonly StoredEvent[] => events.filter((event) => event.step === of.id);
  const outcome = (event: StoredEvent): string => (event.error?.class === "duplicate" ? "skipped" : event.outcome);
  const good = (event: StoredEvent): boolean => outcome(event) === "ok" || outcome(event) === "skipped";
  const settles = (event: StoredEvent): boolean => good(event) && event.operation !== "receive";
  const isReceive = (event: StoredEvent): boolean => good(event) && event.operation === "receive";
  const isSend = (event: StoredEvent): boolean => event.operation === "send" && outcome(event) === "ok";
  const carried = (event: StoredEvent, of: Step): readonly string[] =>
    of.per === undefined ? [] : (event.keys[of.per] ?? []);
  const perValues = (of: Step): readonly string[] =>
    [...new Set(events.flatMap((event) => carried(event, of)))].toSorted();

  const settlersOf = (of: Step, value: string): readonly StoredEvent[] =>
    atStep(of).filter(
      (event) =>
        settles(event) &&
        (carried(event, of).includes(value) || (carried(event, of).length === 0 && outcome(event) === "ok")),
    );
  const missing = (of: Step): readonly string[] => perValues(of).filter((value) => settlersOf(of, value).length === 0);
  const settler = (of: Step): StoredEvent | null => {
    if (perValues(of).length === 0) return first(atStep(of).filter(settles));
    if (missing(of).length > 0) return null;
    return last(perValues(of).flatMap((value) => first(settlersOf(of, value)) ?? []));
  };
  const onlySkipped = (of: Step): boolean => !atStep(of).some((event) => settles(event) && outcome(event) === "ok");

  const ends = flow.steps.filter((each) => each.ends && settler(each) !== null);
  const ender = ends.toSorted((a, b) => before(settler(a) as StoredEvent, settler(b) as StoredEvent))[0] ?? null;
  const endedAt = ender === null ? null : (settler(ender)?.eventTime ?? null);

  const overtaken = (of: Step): boolean => flow.steps.some((each) => isAbove(of, each) && settler(each) !== null);
  const expected = (of: Step): boolean => {
    const origin = originOf(of);
    if (of.when === undefined || typeof origin === "string" || origin.event === null) return true;
    return origin.event.checks?.[of.when.hash]?.result !== "breached";
  };
  const passed = (of: Step): boolean => {
    if (of.optional || of.ends || of.strict || settler(of) !== null || !expected(of)) return false;
    return overtaken(of) && missing(of).length === perValues(of).length;
  };
  const seenThrough = (of: Step): boolean => settler(of) === null && !passed(of) && (of.optional || !expected(of));

  function originOf(of: Step): Origin {
    if (predecessors(of).length === 0) return { at: start, step: null, event: null };
    const from = (each: Step): Origin => {
      const event = settler(each);
      if (event !== null) return { at: event.eventTime, step: each, event };
      if (passed(each)) return "no time";
      return seenThrough(each) ? originOf(each) : "not yet";
    };
    const byTime = (a: Exclude<Origin, string>, b: Exclude<Origin, string>): number =>
      a.at - b.at || (a.event === null ? (b.event === null ? 0 : -1) : b.event === null ? 1 : before(a.event, b.event));
    if (of.after.length > 0) {
      const origins = predecessors(of).map(from);
      if (origins.includes("not yet")) return "not yet";
      if (origins.includes("no time")) return "no time";
      return (
        origins
          .flatMap((each) => (typeof each === "string" ? [] : [each]))
          .toSorted(byTime)
          .at(-1) ?? "not yet"
      );
    }
    const members = predecessors(of);
    const settled = members.filter((each) => settler(each) !== null);
    const timed = (list: readonly Step[]): Exclude<Origin, string> | undefined =>
      list
        .map(from)
        .flatMap((each) => (typeof each === "string" ? [] : [each]))
        .toSorted(byTime)[0];
    if (settled.length > 0) return timed(settled) ?? "not yet";
    if (members.some(passed)) return "no time";
    if (!members.every(seenThrough)) return "not yet";
    return timed(members) ?? (members.map(from).includes("no time") ? "no time" : "not yet");
  }

  const dueAt = (of: Step): number | undefined => {
    const origin = originOf(of);
    const settledAt = settler(of)?.eventTime;
    if (of.within === undefined || of.ends || typeof origin === "string" || !expected(of) || passed(of))
      return undefined;
    if (endedAt !== null && settledAt !== undefined && settledAt > endedAt) return undefined;
    return origin.at + of.within.ms;
  };

  // What is open at a step: of a `per` step only what concerns a missing value or none at all.
  const open = (of: Step): readonly StoredEvent[] => {
    if (settler(of) !== null) return [];
    const gaps = missing(of);
    return atStep(of).filter(
      (event) => carried(event, of).length === 0 || carried(event, of).some((value) => gaps.includes(value)),
    );
  };
  const failures = (of: Step): readonly StoredEvent[] => open(of).filter((event) => outcome(event) === "failed");

  const statusBefore = (of: Step): string => {
    const event = settler(of);
    const due = dueAt(of);
    if (event !== null)
      return due !== undefined && event.eventTime > due ? "late" : onlySkipped(of) ? "skipped" : "settled";
    if (passed(of)) return "passed";
    if (ender !== null || !expected(of)) return "not_expected";
    if (of.ends) return "pending";
    if (of.optional && overtaken(of)) return "not_expected";
    if (failures(of).length > 0) return "failed";
    if (of.optional || due === undefined || context.now <= due) return "pending";
    const eyes = context.eyes(of.id);
    return eyes.length > 0 && eyes.every((eye) => eye.watermark > due) ? "overdue" : "unknown";
  };

  const statuses = new Map(flow.steps.map((each) => [each, statusBefore(each)]));
  const since = (of: Step): number =>
    Math.min(
      ...failures(of).map((event) => event.eventTime),
      ...(failures(of).length > 0 ? [] : [dueAt(of) ?? Infinity]),
    );
  const having = (...wanted: readonly string[]): readonly Step[] =>
    flow.steps.filter((each) => wanted.includes(statuses.get(each) ?? ""));
  const broken = having("failed", "overdue").length > 0 ? having("failed", "overdue") : having("unknown");
  const candidates = broken.filter((each) => !broken.some((other) => isAbove(other, each)));
  const named =
    candidates.toSorted((a, b) => since(a) - since(b) || flow.steps.indexOf(a) - flow.steps.indexOf(b))[0] ?? null;

  const required = flow.steps.filter((each) => !each.optional && !each.ends && expected(each));
  const done =
    ender !== null ||
    (flow.steps.some((each) => settler(each) !== null) &&
      required.every((each) => settler(each) !== null || passed(each)));
  const finished = done && named === null;
  const late = [...statuses.values()].includes("late");
  const state =
    named !== null
      ? (statuses.get(named) ?? "")
      : !done
        ? "in_progress"
        : late && ender === null
          ? "completed_late"
          : "completed";

  const nearest = (of: Step): readonly Step[] =>
    predecessors(of).flatMap((each) => [each, ...(seenThrough(each) ? nearest(each) : [])]);
  const isTowards = (event: StoredEvent, of: Step): boolean => {
    if (event.step === of.id || !isSend(event)) return false;
    const sentValues = carried(event, of);
    if (missing(of).length > 0 && sentValues.length > 0 && !sentValues.some((value) => missing(of).includes(value)))
      return false;
    if (event.to !== undefined) return event.to === of.id || event.to === of.system;
    return nearest(of).some((each) => each.id === event.step);
  };
  const findings = (of: Step): readonly Finding[] => {
    if (of.contract === undefined) return [];
    const payloads = events.filter((event) => event.payload !== undefined && isAbove(step(event.step ?? ""), of));
    const latest = Math.max(...payloads.map((event) => event.eventTime));
    const tied = payloads.filter((event) => event.eventTime === latest);
    const place = Math.max(...tied.map((event) => flow.steps.indexOf(step(event.step ?? ""))));
    const payload = last(tied.filter((event) => flow.steps.indexOf(step(event.step ?? "")) === place));
    const result = payload?.checks?.[of.contract.hash];
    return result?.result === "breached" ? result.findings : [];
  };
  const reasonOf = (of: Step): { reason: string; field?: string | undefined } => {
    if (statuses.get(of) === "unknown") return { reason: "source_silent" };
    const [finding] = findings(of);
    const attempt = last(failures(of)) ?? last(open(of).filter((event) => outcome(event) === "retrying"));
    if (attempt !== null) {
      const kind = attempt.error?.class ?? "unknown";
      if (kind !== "unknown")
        return { reason: kind, field: attempt.error?.field ?? (finding?.kind === kind ? finding.field : undefined) };
      if (finding === undefined) return { reason: "unknown_error", field: attempt.error?.field };
    }
    if (finding !== undefined) return { reason: finding.kind, field: finding.field };
    if (open(of).some(isReceive)) return { reason: "not_processed" };
    if (events.some((event) => isTowards(event, of))) return { reason: "lost_in_transit" };
    if (nearest(of).some((each) => each.sends && settler(each) !== null)) return { reason: "never_sent" };
    const population = context.population(of.id);
    const outage =
      dueAt(of) !== undefined &&
      population !== null &&
      population.missing >= 10 &&
      population.missing / population.due >= 0.8;
    return { reason: outage ? "outage" : "not_seen" };
  };
  const hopOf = (of: Step): string | null => {
    const origin = originOf(of);
    if (typeof origin !== "string") return origin.step === null ? null : `${origin.step.id}..${of.id}`;
    return `${predecessors(of)[0]?.id ?? ""}..${of.id}`;
  };
  const why = named === null ? null : reasonOf(named);
  return {
    state,
    reason: why?.reason ?? null,
    step: named?.id ?? null,
    hop: named === null ? null : hopOf(named),
    field: why?.field,
    values: named !== null && missing(named).length > 0 ? missing(named) : undefined,
    since: named === null ? start : since(named),
    endedBy: ender?.id,
    steps: flow.steps.map((each) => {
      const status = statuses.get(each) === "pending" && finished ? "not_expected" : (statuses.get(each) ?? "");
      return {
        id: each.id,
        status,
        at: settler(each)?.eventTime,
        dueAt: status === "not_expected" ? undefined : dueAt(each),
        attempts: atStep(each).filter((event) => ["failed", "retrying"].includes(outcome(event))).length,
      };
    }),
  };
}
