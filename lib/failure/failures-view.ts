import type { Comparison } from "#lib/failure/compare-samples.ts";
import type { Change } from "#lib/failure/find-change.ts";
import type { GroupIdentity } from "#lib/failure/trouble-group.ts";
import type { Reason, TroubleState } from "#lib/journey/judgement.ts";
import type { Contacts } from "#lib/people/people.ts";
import type { Period } from "#lib/period/period.ts";

/** What failures can be narrowed by, in the order they are shown. */
export const facetNames = ["state", "step", "field", "class", "system", "point"] as const;
export type FacetName = (typeof facetNames)[number];

/** null: those that have none. */
export type FacetChoice = Readonly<Partial<Record<FacetName | "flow", string | null>>>;

export interface FacetValue {
  readonly value: string | null;
  readonly name: string;
  readonly count: number;
  readonly isChosen: boolean;
}

export interface Facet {
  readonly facet: FacetName;
  /** Most first. */
  readonly values: readonly FacetValue[];
  /** Further values with fewer records each. */
  readonly omitted: number;
}

/** Records that failed the same way; names in the reader's language, times in epoch ms. */
export interface GroupLine extends GroupIdentity {
  readonly id: string;
  readonly state: TroubleState;
  readonly reason: Reason;
  readonly flowName: string;
  readonly stepName: string | null;
  /** Where the deadline counts from; null at the start of a flow. */
  readonly fromName: string | null;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly owner: { readonly role: OwnerRole; readonly team: string } | null;
  /** The list of them. */
  readonly href: string;
}

export type OwnerRole = "provides" | "processes" | "monitors";

/** One colour of the bars: a group, all other groups, or what can't be judged. */
export interface Series {
  readonly kind: "focus" | "group" | "others" | "unknown";
  /** null for `others` and `unknown`. */
  readonly group: GroupLine | null;
  /** Of `others`: how many groups. */
  readonly groups: number;
  readonly total: number;
}

export interface BarView {
  readonly at: number;
  readonly to: number;
  /** One count a series. */
  readonly counts: readonly number[];
}

export interface GroupDetail {
  readonly owners: readonly { readonly role: OwnerRole; readonly team: string; readonly contacts: Contacts }[];
  /** Newest first. */
  readonly samples: readonly {
    readonly primaryType: string;
    readonly primary: string;
    readonly state: TroubleState;
    readonly since: number;
  }[];
  /** null where nothing is held against anybody: what can't be judged, and for roles that don't see what events carry. */
  readonly comparison: Comparison | null;
  readonly change: (Change & { readonly stepName: string }) | null;
  /** When the first of the group broke, also before the span shown. */
  readonly firstEverAt: number;
  readonly mayCompare: boolean;
}

/** All that the failures page shows. */
export interface FailuresView {
  readonly period: Period;
  /** Failed and overdue; and those nothing can be told of. */
  readonly broken: number;
  readonly unknown: number;
  readonly widthMs: number;
  readonly series: readonly Series[];
  readonly bars: readonly BarView[];
  readonly facets: readonly Facet[];
  /** Most first; those that can't be judged last. */
  readonly groups: readonly GroupLine[];
  /** Sources that fell silent in the period, so that records can't be judged. */
  readonly silences: readonly { readonly source: string; readonly since: number }[];
  /** Groups beyond those listed. */
  readonly omittedGroups: number;
  readonly flows: readonly { readonly id: string; readonly name: string }[];
  readonly open: { readonly group: GroupLine; readonly detail: GroupDetail } | null;
  /** More kinds of trouble exist than were counted. */
  readonly isCut: boolean;
}
