import type { CheckResult } from "#lib/contract/check-result.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { Duration, Flow, FlowVersion, SchemaRef, Step } from "#lib/flow/flow-version.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import { toFlowId, toKeyType, toSourceId, toStepId, toSystemId } from "#lib/id/id.ts";
import { emptyFacts, mergeFacts, toFacts, type Facts, type FactsTools } from "#lib/journey/facts.ts";
import type { JudgeContext } from "#lib/journey/judge-context.ts";
import { judge } from "#lib/journey/judge.ts";
import type { Judgement } from "#lib/journey/judgement.ts";
import type { LocalText, People } from "#lib/people/people.ts";
import type { SourceWatermark } from "#lib/source/source.ts";

/** 2026-11-23 10:00:00 in Shanghai. Times in these tests are seconds after it. */
export const start = Date.UTC(2026, 10, 23, 2);
export const second = 1000;
export const at = (seconds: number): number => start + seconds * second;

export interface StepDraft {
  readonly system?: string;
  readonly title?: LocalText;
  readonly after?: string | readonly string[];
  readonly afterAny?: readonly string[];
  /** Seconds. */
  readonly within?: number;
  readonly calendar?: string;
  readonly per?: string;
  readonly optional?: boolean;
  readonly ends?: boolean;
  readonly sends?: boolean;
  readonly strict?: boolean;
  readonly sources?: readonly string[];
  /** Hash under which events carry the result. */
  readonly when?: string;
  readonly contract?: string;
  readonly owners?: Step["owners"];
}

const toDuration = (seconds: number): Duration => ({ text: `${seconds}s`, ms: seconds * second });
const toSchema = (hash: string): SchemaRef => ({ hash, schema: {} });

export function stepOf(id: string, draft: StepDraft): Step {
  return {
    id: toStepId(id),
    system: toSystemId(draft.system ?? id),
    ...(draft.title !== undefined && { title: draft.title }),
    after: [draft.after ?? []].flat().map(toStepId),
    afterAny: (draft.afterAny ?? []).map(toStepId),
    ...(draft.within !== undefined && { within: toDuration(draft.within) }),
    ...(draft.calendar !== undefined && { calendar: draft.calendar }),
    ...(draft.per !== undefined && { per: toKeyType(draft.per) }),
    optional: draft.optional ?? false,
    ends: draft.ends ?? false,
    sends: draft.sends ?? false,
    strict: draft.strict ?? false,
    sources: (draft.sources ?? []).map(toSourceId),
    ...(draft.when !== undefined && { when: toSchema(draft.when) }),
    ...(draft.contract !== undefined && { contract: toSchema(draft.contract) }),
    owners: draft.owners ?? {},
  };
}

/** A version of a flow of orders, from its steps by id. */
export function versionOf(steps: Readonly<Record<string, StepDraft>>, more: Partial<FlowVersion> = {}): FlowVersion {
  const flow = toFlowId("order-to-cash");
  const declaration: Flow = {
    flow,
    primary: toKeyType("order_no"),
    aliases: [toKeyType("payment_no"), toKeyType("waybill_no")],
    searchable: [],
    steps: Object.entries(steps).map(([id, draft]) => stepOf(id, draft)),
    match: [],
    objectives: [],
  };
  return { flow, hash: "v1", from: -Infinity, savedAt: start, declaredIn: "file", text: "", declaration, ...more };
}

export interface EventDraft extends Partial<
  Omit<StoredEvent, "eventTime" | "step" | "source" | "system" | "keys" | "checks">
> {
  /** Seconds after `start`. */
  readonly t: number;
  readonly step: string;
  readonly source?: string;
  readonly system?: string;
  readonly waybills?: readonly string[];
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  readonly checks?: Readonly<Record<string, CheckResult>>;
}

let made = 0;

/** An event of SO-1042; each has its own id unless one is given. */
export function eventOf({ t, step, source, system, waybills, keys, ...more }: EventDraft): StoredEvent {
  made += 1;
  const eventTime = at(t);
  return {
    id: `e-${made}`,
    source: toSourceId(source ?? "esb"),
    eventTime,
    step: toStepId(step),
    ...(system !== undefined && { system: toSystemId(system) }),
    operation: "process",
    outcome: "ok",
    keys: keys ?? { order_no: ["SO-1042"], ...(waybills !== undefined && { waybill_no: waybills }) },
    ingestedAt: eventTime,
    contentHash: `c-${made}`,
    ...more,
  };
}

/** Events in these tests carry the results of every schema; nothing is left to judge again. */
export const tools: FactsTools = {
  matchStep,
  checkKept: () => {
    throw new Error("an event without a stored result");
  },
};

export const factsOf = (version: FlowVersion, events: readonly StoredEvent[], using: FactsTools = tools): Facts =>
  events.map((event) => toFacts(event, version, using)).reduce(mergeFacts, emptyFacts);

const nobody: People = { systems: {}, teams: {} };

/** A source that has seen everything up to so many seconds after `start`. */
export const seenTo = (t: number, source = "esb"): SourceWatermark => ({
  source: toSourceId(source),
  watermark: at(t),
  newestAt: at(t),
});

/** Ten hours in, with one source that has seen everything up to now. */
export function contextOf(more: Partial<JudgeContext> = {}): JudgeContext {
  const now = more.now ?? at(36_000);
  return {
    primary: "SO-1042",
    timeZone: "Asia/Shanghai",
    people: nobody,
    calendars: new Map(),
    eyes: () => [{ source: toSourceId("esb"), watermark: now, newestAt: now }],
    ...more,
    now,
  };
}

export const judged = (
  version: FlowVersion,
  events: readonly StoredEvent[],
  context: Partial<JudgeContext> = {},
): Judgement => judge(factsOf(version, events), version, contextOf(context));

/** Statuses by step id. */
export const statuses = ({ steps }: Judgement): Readonly<Record<string, string>> =>
  Object.fromEntries(steps.map(({ id, status }) => [id, status]));
