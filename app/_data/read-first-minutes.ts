import "server-only";
import { mayDo } from "#lib/access/permission.ts";
import { proposeFlow, type FlowProposal } from "#lib/flow/propose-flow.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import { knownFlows } from "#lib/read/known-flows.ts";
import { readScope } from "#app/_data/read-scope.ts";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";

/** Of the newest events, so many are looked at for a proposal. */
const mostEvents = 5_000;

/** How far an installation has come. */
export interface FirstMinutes {
  readonly mayConnect: boolean;
  readonly mayDeclare: boolean;
  /** Events taken in so far, and the source that was heard last. */
  readonly received: number;
  readonly newestSource: string | null;
  /** Titles or ids of the flows in force. */
  readonly flows: readonly string[];
  readonly folder: string;
  /** From events that no flow takes in; null for those who may not declare one, and where there are none. */
  readonly proposal: FlowProposal | null;
}

export async function readFirstMinutes(viewer: Viewer): Promise<FirstMinutes> {
  const { stores } = readScope(viewer, "records.read");
  const known = await knownFlows(stores.definitions);
  const active = known.flows.filter((flow) => flow.active);
  const sources = await stores.sources.list();
  const newest = sources.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt)[0];
  const mayDeclare = mayDo(viewer.role, "flows.declare");
  const events = mayDeclare ? await stores.events.listNewest(mostEvents) : [];
  const unmatched = events.filter((event) =>
    active.every(({ newest: { declaration } }) => matchStep(event, declaration) === null),
  );
  return {
    mayConnect: mayDo(viewer.role, "sources.connect"),
    mayDeclare,
    received: sources.reduce((sum, { acceptedTotal }) => sum + acceptedTotal, 0),
    newestSource: newest?.source ?? null,
    flows: mayDeclare ? active.map(({ flow }) => flow) : [],
    folder: currentConsole().settings.flows,
    proposal: mayDeclare ? proposeFlow(unmatched) : null,
  };
}
