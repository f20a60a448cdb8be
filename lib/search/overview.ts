import type { JourneyState, Reason } from "#lib/journey/judgement.ts";

export type StateCounts = Readonly<Record<JourneyState, number>>;

/** Records that broke the same way, or that nothing can be told of for the same reason. Names in the reader's language. */
export interface Cause {
  readonly state: "failed" | "overdue" | "unknown";
  readonly reason: Reason;
  readonly field: string | null;
  readonly count: number;
  /** Epoch ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly flowName: string;
  readonly stepName: string;
  /** Where the deadline counts from; null at the start of a flow. */
  readonly fromName: string | null;
  readonly owner: { readonly role: "processes" | "monitors" | "provides"; readonly team: string } | null;
  /** The list of them. */
  readonly href: string;
}

export interface FlowOverview {
  readonly flow: string;
  readonly name: string;
  readonly counts: StateCounts;
  readonly total: number;
}

/** What the home page shows below the search field. */
export interface Overview {
  readonly causes: readonly Cause[];
  readonly flows: readonly FlowOverview[];
  readonly totals: StateCounts;
  readonly total: number;
  /** Declaration files that could not be taken. */
  readonly problems: readonly { readonly file: string; readonly line: number | null; readonly message: string }[];
}
