import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import type { FlowId } from "#lib/id/id.ts";
import { versionFor } from "#lib/journey/version-for.ts";
import { isVisible, type KnownFlow } from "#lib/read/known-flows.ts";
import type { Role } from "#lib/access/role.ts";

export interface UnmatchedEvent {
  readonly event: StoredEvent;
  readonly reason: "no_step" | "ambiguous_step";
}

interface Known {
  readonly flows: readonly KnownFlow[];
  /** Versions that judge the journeys the same look-up found. */
  readonly judging: ReadonlyMap<FlowId, readonly FlowVersion[]>;
  readonly role: Role;
}

/**
 * Those of the events that are at no step of any flow. What a flow the role may not see names or takes in stays hidden, so that its
 * existence does not show.
 */
export function unmatchedOf(events: readonly StoredEvent[], known: Known): readonly UnmatchedEvent[] {
  return events.flatMap((event): readonly UnmatchedEvent[] => {
    let reason: UnmatchedEvent["reason"] = "no_step";
    for (const flow of known.flows) {
      const isHidden = !isVisible(flow, known.role);
      if (isHidden && event.flow === flow.flow) return [];
      for (const version of versionsFor(event, flow, known.judging)) {
        const step = matchStep(event, version.declaration);
        if (step === "ambiguous_step" && !isHidden) reason = "ambiguous_step";
        else if (step !== null && step !== "ambiguous_step") return [];
      }
    }
    return [{ event, reason }];
  });
}

/** The journey it would be in decides the version; where none was found, its own time does. */
function versionsFor(
  event: StoredEvent,
  { flow, versions }: KnownFlow,
  judging: Known["judging"],
): readonly FlowVersion[] {
  const found = judging.get(flow);
  if (found !== undefined) return found;
  const version = versionFor(versions, event.eventTime) ?? versions[0];
  return version === undefined ? [] : [version];
}
