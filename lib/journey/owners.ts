import { predecessorsOf } from "#lib/flow/path.ts";
import type { Owners } from "#lib/flow/flow-version.ts";
import type { Survey, SurveyedStep } from "#lib/journey/survey.ts";

const ownerRoles = ["provides", "processes", "monitors"] as const;

/** Who provides, processes and monitors at a step; a role it does not name is that of the nearest step above that does. */
export function ownersAt(at: SurveyedStep, survey: Survey): Owners {
  const owners: { -readonly [K in keyof Owners]: Owners[K] } = {};
  let ring: readonly SurveyedStep[] = [at];
  const visited = new Set<SurveyedStep>();
  while (ring.length > 0) {
    for (const { step } of ring) {
      for (const role of ownerRoles) {
        const owner = step.owners[role];
        if (owner !== undefined && owners[role] === undefined) owners[role] = owner;
      }
    }
    for (const step of ring) visited.add(step);
    ring = ring
      .flatMap(({ step }) => predecessorsOf(step).flatMap((id) => survey.byId.get(id) ?? []))
      .filter((step) => !visited.has(step));
  }
  return owners;
}
