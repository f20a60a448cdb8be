import type { JourneyState, Reason } from "#lib/journey/judgement.ts";
import type { Contacts } from "#lib/people/people.ts";
import type { FlowToday, HopHealth } from "#lib/search/flow-health.ts";

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
  readonly owner: CauseOwner | null;
  /** The record that broke last. */
  readonly newest: { readonly primary: string; readonly path: string };
  /** The list of them. */
  readonly href: string;
}

/** Who has to do with it, and how they are reached. */
export interface CauseOwner {
  readonly role: "processes" | "monitors" | "provides";
  readonly team: string;
  readonly contacts: Contacts;
}

export interface FlowOverview {
  readonly flow: string;
  readonly name: string;
  /** Records as they stand now, whenever they began. */
  readonly counts: StateCounts;
  readonly total: number;
  readonly today: FlowToday;
  /** null: nothing was measured in the last hours, or no step has a limit. */
  readonly health: HopHealth | null;
}

/** What the home page shows below the search field. */
export interface Overview {
  readonly causes: readonly Cause[];
  readonly flows: readonly FlowOverview[];
  readonly totals: StateCounts;
  readonly total: number;
  /** Latencies could not be read; all else stands. */
  readonly isHealthMissing: boolean;
  /** Declaration files that could not be taken. */
  readonly problems: readonly { readonly file: string; readonly line: number | null; readonly message: string }[];
}
