import type { LocalText, Party } from "#lib/people/people.ts";
import type { CheckResult } from "#lib/contract/check-result.ts";
import type { ErrorClass, MaskFact, Operation, Outcome } from "#lib/event/hop-event.ts";
import type {
  Confidence,
  Evidence,
  JourneyState,
  Reason,
  StepStatus,
  Summary,
  Warning,
} from "#lib/journey/judgement.ts";
import type { Owners } from "#lib/flow/flow-version.ts";

/**
 * What `GET /api/v1/records/{type}/{value}` answers and the record page shows (DESIGN 4.3).
 * Times are RFC 3339 UTC with milliseconds, durations numbers named `…Ms`. Made by lib/record/find-record.ts.
 */
export interface RecordAnswer {
  readonly record: {
    /** `_` where any type was searched. */
    readonly type: string;
    readonly value: string;
    /** The key leads to more than 1,000 primaries: not a business key, no journeys follow. */
    readonly tooCommon?: true;
    readonly count?: number;
    /** More than 25 journeys: of each the newest events without their content, and the first links. A record of its own has all. */
    readonly brief?: true;
    /** When this was judged. */
    readonly asOf: string;
  };
  /** Worst first: failed, overdue, unknown, in_progress, completed_late, completed; then by `since`. */
  readonly journeys: readonly JourneyAnswer[];
  readonly unmatched: readonly EventAnswer[];
}

/** Closed by a person: nobody has to act any more; the verdict stays as evidence. */
export interface ClosedAnswer {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

export interface JourneyAnswer {
  readonly flow: string;
  /** null: known only from waiting events. */
  readonly primary: string | null;
  readonly state: JourneyState;
  readonly verdict: VerdictAnswer;
  readonly steps: readonly StepAnswer[];
  readonly hops: readonly HopAnswer[];
  /** Newest 200 by event time; fewer in a brief answer. */
  readonly events: readonly EventAnswer[];
  readonly eventsTotal: number;
  readonly links: readonly LinkAnswer[];
  readonly warnings: readonly Warning[];
  readonly endedBy?: string;
  readonly closed?: ClosedAnswer;
  readonly startedAt: string;
  readonly lastEventAt: string;
  readonly flowVersion: string;
  /** What the page needs to draw and name things; ids where nothing was declared. */
  readonly names: NamesAnswer;
}

export interface NamesAnswer {
  /** Key type of the flow's primary: what permalinks are made of. */
  readonly primary: string;
  readonly flow: LocalText;
  readonly steps: Readonly<Record<string, LocalText>>;
  readonly systems: Readonly<Record<string, Party>>;
  readonly teams: Readonly<Record<string, Party>>;
  /** The declared shape: predecessors by step, as the drawing and the fields table follow it. */
  readonly shape: readonly {
    readonly id: string;
    readonly after: readonly string[];
    readonly afterAny: readonly string[];
    readonly optional: boolean;
    readonly ends: boolean;
    readonly withinMs?: number;
    /** The contract of the step: title and requirement of each field, in schema order. */
    readonly needs: readonly FieldNeed[];
  }[];
}

export interface FieldNeed {
  readonly field: string;
  readonly title?: string;
  readonly required: boolean;
  /** In the schema's words: `string`, `format date`, `15–20 characters`. */
  readonly expected: string;
}

export interface VerdictAnswer {
  readonly state: JourneyState;
  readonly reason: Reason | null;
  readonly step: string | null;
  readonly hop: string | null;
  readonly field?: string;
  readonly values?: readonly string[];
  readonly alike?: { readonly count: number; readonly since: string; readonly href: string };
  readonly since: string;
  readonly dueAt?: string;
  readonly lateByMs?: number;
  readonly summary: Summary;
  readonly confidence: Confidence;
  readonly owners: Owners;
  readonly evidence: readonly (Omit<Evidence, "at"> & { readonly at: string | null })[];
}

export interface StepAnswer {
  readonly id: string;
  readonly system: string;
  readonly status: StepStatus;
  readonly at?: string;
  readonly dueAt?: string;
  readonly attempts: number;
  readonly source?: string;
}

export interface HopAnswer {
  readonly from: string;
  readonly to: string;
  readonly latencyMs?: number;
  readonly queueMs?: number;
  readonly status: StepStatus;
  readonly skewed: boolean;
}

/** An event as kept: masked. `matchedStep` is the step it is in this journey, absent for an unmatched one. */
export interface EventAnswer {
  readonly id: string;
  readonly source: string;
  readonly time: string;
  readonly ingestedAt: string;
  readonly flow?: string;
  readonly step?: string;
  readonly system?: string;
  readonly point?: string;
  readonly to?: string;
  readonly trace?: string;
  readonly operation: Operation;
  readonly outcome: Outcome;
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** How many values a key type has of which only some are listed; in a brief answer. */
  readonly keysTotal?: Readonly<Record<string, number>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly payload?: unknown;
  readonly error?: {
    readonly class: ErrorClass;
    readonly field?: string;
    readonly code?: string;
    readonly message?: string;
  };
  readonly masks?: Readonly<Record<string, MaskFact>>;
  readonly matchedStep?: string;
  readonly backfill?: true;
  /** Results of contracts on this event, by step whose contract it is. */
  readonly checks?: Readonly<Record<string, CheckResult>>;
  /** Why it matched no step. */
  readonly unmatchedReason?: "no_step" | "ambiguous_step";
}

/** A key of this journey. `related`: other primaries it leads to as well. */
export interface LinkAnswer {
  readonly type: string;
  /** Masked for searchable types. */
  readonly value: string;
  readonly masked: boolean;
  readonly related: readonly { readonly flow: string; readonly primary: string; readonly state: JourneyState }[];
  /** More exist than are listed. */
  readonly relatedTotal: number;
}
