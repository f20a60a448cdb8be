/** One or a list of them, as people may write it. */
export type OneOrMany = string | readonly string[];

export type DeclaredTitle = string | { readonly en?: string; readonly zh?: string };

export interface DeclaredStep {
  readonly id: string;
  readonly title?: DeclaredTitle;
  readonly system: string;
  readonly point?: string;
  readonly after?: OneOrMany;
  readonly afterAny?: OneOrMany;
  readonly within?: string;
  readonly calendar?: string;
  readonly per?: string;
  readonly optional?: boolean;
  readonly ends?: boolean;
  readonly sends?: boolean;
  readonly strict?: boolean;
  readonly sources?: OneOrMany;
  readonly when?: unknown;
  readonly contract?: unknown;
  readonly owners?: { readonly provides?: string; readonly processes?: string; readonly monitors?: string };
}

/** A flow as the published schema lets it be written. */
export interface DeclaredFlow {
  readonly flow: string;
  readonly title?: DeclaredTitle;
  readonly from?: string;
  readonly visibleTo?: OneOrMany;
  readonly record: { readonly primary: string; readonly aliases?: OneOrMany; readonly searchable?: OneOrMany };
  readonly steps: readonly DeclaredStep[];
  readonly match?: readonly {
    readonly step: string;
    readonly source?: string;
    readonly point?: string;
    readonly keys: Readonly<Record<string, string>>;
  }[];
  readonly objectives?: readonly {
    readonly sli: "latency" | "completeness";
    readonly from?: string;
    readonly to?: string;
    readonly threshold?: string;
    readonly target: string;
    readonly window: string;
  }[];
}

export const toMany = (value: OneOrMany | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : [...new Set(value)];
