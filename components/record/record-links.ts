import type { LinkAnswer } from "#lib/record/record-answer.ts";

/** Where the parts of a record's page lead. Made by the page, which owns its addresses. */
export interface RecordLinks {
  /** This page with everything that is chosen on it, for other people: by the primary, never by a private key. */
  readonly permalink: string;
  readonly journey: (index: number) => string;
  readonly record: (flow: string, primary: string) => string;
  /** null where a value has no address: searchable types are masked and never stand in one. */
  readonly key: (link: LinkAnswer) => string | null;
  readonly steps: (all: boolean) => string;
  readonly fields: (all: boolean) => string;
  /** `anchor`: where on the page it leads. */
  readonly events: (all: boolean, anchor: string) => string;
  /** This page with the form that closes the record. */
  readonly close: string;
  readonly closeNot: string;
  /** This page beside one that got through, and without one. */
  readonly compare: string;
  readonly compareNot: string;
  /** Where the form for another key leads, and what it keeps of this address. */
  readonly compareForm: { readonly action: string; readonly kept: Readonly<Record<string, string>> };
  /** The list of those that fail alike; null where there is none. */
  readonly alike: string | null;
}
