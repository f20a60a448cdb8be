import type { ErrorClass, Operation, Outcome } from "#lib/event/hop-event.ts";
import type { JourneyState, Reason } from "#lib/journey/judgement.ts";
import type { Incidents } from "#ingest/demo/incidents.ts";
import type { Random } from "#ingest/demo/random.ts";

/** A hop event as the company's systems post it. */
export interface HopJson {
  readonly id: string;
  readonly source: string;
  readonly flow: string;
  readonly step: string;
  readonly system: string;
  readonly point: string;
  readonly time: string;
  readonly operation: Operation;
  readonly outcome: Outcome;
  readonly to?: string;
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly error?: {
    readonly class: ErrorClass;
    readonly field?: string;
    readonly code: string;
    readonly message: string;
  };
}

/** An event and when it leaves its system (epoch ms), which its own clock may tell otherwise. */
export interface Sending {
  readonly at: number;
  readonly event: HopJson;
}

export const troubles = [
  "none",
  "cancelled",
  "refunded",
  "slow_queue",
  "empty_tax_no",
  "wrong_date",
  "rejected_posting",
  "retried_timeout",
  "consumer_stopped",
  "lost_in_transit",
  "never_sent",
  "duplicates",
  "wrong_clock",
  "silent_source",
  "unlinked_payment",
  "manual_correction",
  "missing_parcel",
  "erp_outage",
  "no_bank_account",
] as const;
export type Trouble = (typeof troubles)[number];

/** What really happened to a record, for whoever compares it with the verdict. */
export interface Truth {
  readonly flow: string;
  /** What to search for. */
  readonly key: string;
  /** null: known by an alias only. */
  readonly primary: string | null;
  readonly trouble: Trouble;
  readonly state: JourneyState;
  readonly step: string | null;
  readonly reason: Reason | null;
  readonly field?: string;
  readonly values?: readonly string[];
  readonly endedBy?: string;
  /** Steps that no event settled and that were overtaken. */
  readonly passed?: readonly string[];
  /** Hop whose clocks disagree. */
  readonly skewedHop?: string;
  /** A field that a step further down will miss, before anything is late. */
  readonly warnedOf?: string;
  /** Events of the journey, repeats counted once. */
  readonly events: number;
}

/** Records whose events hang together: one, or the orders of one payment. */
export interface CompanyCase {
  readonly sendings: readonly Sending[];
  /** As seen at `asOf`. */
  readonly truths: readonly Truth[];
}

/** How flows, sources and keys are called: a sample beside real data shares no name with it. */
export interface Naming {
  /** Before ids of flows and sources. */
  readonly idPrefix: string;
  /** Before values of keys. */
  readonly keyPrefix: string;
}

/** What a case is made from. */
export interface CaseContext {
  /** Of the case; part of its event ids. */
  readonly number: number;
  readonly startAt: number;
  /** Truths are those of this moment; later events are still to come. */
  readonly asOf: number;
  readonly incidents: Incidents;
  readonly naming: Naming;
  readonly random: Random;
}
