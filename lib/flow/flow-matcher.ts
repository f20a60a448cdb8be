import type { FlowVersion, Step } from "#lib/flow/flow-version.ts";
import type { FlowId, StepId } from "#lib/id/id.ts";
import { agreesWith, linkTypesOf, type MatchableEvent } from "#lib/flow/match-step.ts";

export type MatchableVersion = Pick<FlowVersion, "flow" | "hash" | "declaration">;

/** Where one version of one flow puts an event. */
export interface FlowMatch<Version extends MatchableVersion> {
  readonly version: Version;
  readonly flow: FlowId;
  readonly step: StepId | "ambiguous_step";
}

interface Candidate<Version> {
  readonly step: Step;
  readonly version: Version;
  readonly linkTypes: ReadonlySet<string>;
}

const push = <Value>(index: Map<string, Value[]>, name: string, value: Value): void => {
  const list = index.get(name);
  if (list === undefined) index.set(name, [value]);
  else list.push(value);
};

const carries = (keys: MatchableEvent["keys"], types: ReadonlySet<string>): boolean => {
  for (const type in keys) if (types.has(type)) return true;
  return false;
};

/**
 * `matchStep` over many flows and versions at once, for the door: looks only at steps whose id or system the event names.
 * Answers one match per version that has a place for the event, in the order the versions were given.
 */
export const createFlowMatcher = <Version extends MatchableVersion>(
  versions: readonly Version[],
): ((event: MatchableEvent) => readonly FlowMatch<Version>[]) => {
  const byStep = new Map<string, Candidate<Version>[]>();
  const bySystem = new Map<string, Candidate<Version>[]>();
  for (const version of versions) {
    const linkTypes = new Set<string>(linkTypesOf(version.declaration));
    for (const step of version.declaration.steps) {
      const candidate = { step, version, linkTypes };
      push(byStep, step.id, candidate);
      push(bySystem, step.system, candidate);
    }
  }
  return (event) => {
    const candidates =
      event.step !== undefined
        ? byStep.get(event.step)
        : event.system !== undefined
          ? bySystem.get(event.system)
          : undefined;
    if (candidates === undefined) return [];
    const matches: FlowMatch<Version>[] = [];
    for (const { step, version, linkTypes } of candidates) {
      if (event.flow !== undefined && event.flow !== version.declaration.flow) continue;
      if (!agreesWith(event, step) || !carries(event.keys, linkTypes)) continue;
      const last = matches.at(-1);
      // Candidates of one version stand next to each other.
      if (last?.version === version) matches[matches.length - 1] = { ...last, step: "ambiguous_step" };
      else matches.push({ version, flow: version.declaration.flow, step: step.id });
    }
    return matches;
  };
};
