import type { ErrorClass } from "#lib/event/hop-event.ts";
import type { FlowId, SourceId, StepId, SystemId } from "#lib/id/id.ts";
import type { Owners } from "#lib/flow/flow-version.ts";

export const journeyStates = ["in_progress", "completed", "completed_late", "overdue", "failed", "unknown"] as const;
export type JourneyState = (typeof journeyStates)[number];

/** Whether everything that was expected has come, in time or late. */
export const isCompleted = (state: JourneyState): boolean => state === "completed" || state === "completed_late";

/** States of a journey whose verdict has a reason. */
export const troubleStates = ["failed", "overdue", "unknown"] as const satisfies readonly JourneyState[];
export type TroubleState = (typeof troubleStates)[number];

export const stepStatuses = [
  "settled",
  "late",
  "passed",
  "skipped",
  "pending",
  "overdue",
  "failed",
  "unknown",
  "not_expected",
] as const;
export type StepStatus = (typeof stepStatuses)[number];

export const reasons = [
  "missing_field",
  "bad_format",
  "rejected",
  "timeout",
  "unreachable",
  "circuit_open",
  "conflict",
  "unauthorized",
  "unknown_error",
  "not_processed",
  "lost_in_transit",
  "never_sent",
  "outage",
  "not_seen",
  "source_silent",
  "waiting_for_link",
] as const;
export type Reason = (typeof reasons)[number];

export type Confidence = "high" | "medium" | "low";

export interface Summary {
  readonly en: string;
  readonly zh: string;
}

/** One thing that supports the verdict. `text` is a sentence in both languages. */
export interface Evidence {
  readonly kind:
    | "attempt"
    | "contract"
    | "last_seen"
    | "watermark"
    | "received"
    | "sent"
    | "passed"
    | "per"
    | "outage"
    | "never_reported"
    | "link"
    | "field_change";
  /** Epoch milliseconds of what is told; null where it has no time. */
  readonly at: number | null;
  readonly text: Summary;
  /** What to open: `event:<source>/<id>`, `step:<id>`, `source:<id>`, `contract:<hash>`, `field:<path>`. */
  readonly ref: string;
}

export interface Verdict {
  readonly state: JourneyState;
  readonly reason: Reason | null;
  /** The broken step; null for journeys where nothing is broken. */
  readonly step: StepId | null;
  /** `from..to` with the predecessor the deadline counts from; null where the step has none. */
  readonly hop: string | null;
  readonly field?: string;
  /** Error class of the attempt that explains it, for grouping; equals `reason` for the classes that are reasons. */
  readonly errorClass?: ErrorClass;
  /** The missing values of a `per` step, sorted. */
  readonly values?: readonly string[];
  /** Epoch milliseconds: earliest open failed event, or `dueAt`; for a journey without trouble its start. */
  readonly since: number;
  readonly dueAt?: number;
  readonly lateByMs?: number;
  readonly summary: Summary;
  readonly confidence: Confidence;
  readonly owners: Owners;
  readonly evidence: readonly Evidence[];
}

export interface JudgedStep {
  readonly id: StepId;
  readonly system: SystemId;
  readonly status: StepStatus;
  readonly at?: number;
  readonly dueAt?: number;
  /** Failed and retrying events seen there. */
  readonly attempts: number;
  readonly source?: SourceId;
}

export interface JudgedHop {
  readonly from: StepId;
  readonly to: StepId;
  /** To's time minus from's time; absent unless both are settled with a time. Negative when a clock lies. */
  readonly latencyMs?: number;
  /** Receive minus send, where both are known. */
  readonly queueMs?: number;
  readonly status: StepStatus;
  readonly skewed: boolean;
}

/** A breached contract before the deadline or on a settled step: shown on the hop, never a verdict. */
export interface Warning {
  readonly kind: "contract" | "clock_skew" | "too_common";
  readonly hop: string | null;
  readonly field?: string;
  readonly text: Summary;
}

/**
 * When a stored judgement has to be made again although no event came: at a time of the clock,
 * or when a source's watermark passes `after`, or when the set of a step's sources changes.
 */
export interface Wake {
  readonly at?: number;
  readonly source?: { readonly source: SourceId; readonly after: number };
  readonly step?: StepId;
  /** Further waits of the kinds `source` and `step`, where several steps are undecided at once: the first to come true wakes. */
  readonly more?: readonly Pick<Wake, "source" | "step">[];
}

/** Everything the engine says of one journey; pure function of facts, flow version, now and watermarks. */
export interface Judgement {
  readonly flow: FlowId;
  readonly versionHash: string;
  readonly state: JourneyState;
  readonly verdict: Verdict;
  readonly steps: readonly JudgedStep[];
  readonly hops: readonly JudgedHop[];
  readonly warnings: readonly Warning[];
  readonly endedBy?: StepId;
  readonly startedAt: number;
  readonly lastEventAt: number;
  readonly wake: Wake;
}
