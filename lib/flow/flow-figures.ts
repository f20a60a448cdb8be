import type { DiffLine } from "#lib/flow/line-diff.ts";
import type { Role } from "#lib/access/role.ts";
import type { JourneyState } from "#lib/journey/judgement.ts";

/** Where a flow is declared; the file only for those who may read the declarations. */
export interface DeclaredPlace {
  readonly declaredIn: "file" | "console";
  readonly file: string | null;
  /** Whether it is still declared there. */
  readonly active: boolean;
}

/** A flow in the list. Names in the reader's language, times in epoch milliseconds. */
export interface FlowLine extends DeclaredPlace {
  readonly flow: string;
  readonly name: string;
  /** Records that began today. */
  readonly today: number;
  readonly counts: Readonly<Record<JourneyState, number>>;
  /** End to end, of what was completed in the last 24 hours. */
  readonly p95Ms: number | null;
  readonly completed: number;
  readonly version: string;
  readonly savedAt: number;
  readonly problems: number;
}

/** What is wrong in a declaration file; the last good version stays in force. */
export interface DeclarationProblem {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

export interface FlowStop {
  readonly id: string;
  readonly name: string;
  /** What stands small beside the name: the system's title; "" where the name says it. */
  readonly place: string;
  readonly overdue: number;
  readonly failed: number;
  readonly unknown: number;
  readonly optional: boolean;
  readonly ends: boolean;
}

export interface FlowHop {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly skewed: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** The limit, where it counts from `from`. */
  readonly allowedMs: number | null;
}

export interface FlowVersionLine {
  readonly version: string;
  /** null: always. */
  readonly from: number | null;
  readonly savedAt: number;
  readonly isNewest: boolean;
}

export interface FlowFigures extends DeclaredPlace {
  readonly flow: string;
  readonly name: string;
  readonly primary: string;
  readonly visibleTo: readonly Role[] | null;
  readonly counts: Readonly<Record<JourneyState, number>>;
  readonly endToEnd: { readonly count: number; readonly p50Ms: number | null; readonly p95Ms: number | null };
  /** Every stop after those that lead to it. */
  readonly stops: readonly FlowStop[];
  readonly hops: readonly FlowHop[];
  readonly versions: readonly FlowVersionLine[];
  readonly shown: {
    readonly version: string;
    readonly text: string;
    /** Against the version before it; null for the first. */
    readonly changes: readonly DiffLine[] | null;
  };
  readonly problems: readonly DeclarationProblem[];
}
