import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { Counters } from "#lib/storage/elasticsearch/control/ledger.ts";

export interface KnownFlow {
  readonly flow: FlowId;
  /** The place that declared it first. */
  readonly declaredIn: FlowVersion["declaredIn"];
  /** Still declared there. */
  readonly active: boolean;
  /** In the order saved; `from` null: from the beginning of time. */
  readonly versions: readonly { readonly id: string; readonly hash: string; readonly from: number | null }[];
}

/** What holds over flows, settings, closings and notes: one change at a time, since a flow takes the others with it. */
export interface DefinitionState extends Counters {
  readonly revision: number;
  readonly closings: number;
  readonly flows: readonly KnownFlow[];
  /** Notes that can be brought back for a while: until then their text is kept. */
  readonly deletedNotes: readonly { readonly place: string; readonly id: string; readonly at: number }[];
}

export const noDefinitions: DefinitionState = { revision: 0, closings: 0, flows: [], deletedNotes: [] };

export const countersOf = ({ revision, closings }: DefinitionState): Counters => ({ revision, closings });
