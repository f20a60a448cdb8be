import { predecessorsOf } from "#lib/flow/path.ts";
import type { Flow, Owners, Step } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import type { Survey, SurveyedStep } from "#lib/journey/survey.ts";

const ownerRoles = ["provides", "processes", "monitors"] as const;

/** Who provides, processes and monitors at a step; a role it does not name is that of the nearest step above that does. */
export const ownersAt = ({ step }: SurveyedStep, survey: Survey): Owners =>
  nearestOwners(step, (id) => survey.byId.get(id)?.step);

/** The same as a flow declares it, whatever a journey is judged by. */
export function ownersOf(flow: Pick<Flow, "steps">, id: StepId): Owners {
  const steps = new Map(flow.steps.map((step) => [step.id, step]));
  const at = steps.get(id);
  return at === undefined ? {} : nearestOwners(at, (each) => steps.get(each));
}

function nearestOwners(at: Step, stepOf: (id: StepId) => Step | undefined): Owners {
  const owners: { -readonly [K in keyof Owners]: Owners[K] } = {};
  let ring: readonly Step[] = [at];
  const visited = new Set<Step>();
  while (ring.length > 0) {
    for (const step of ring) {
      for (const role of ownerRoles) {
        const owner = step.owners[role];
        if (owner !== undefined && owners[role] === undefined) owners[role] = owner;
      }
    }
    for (const step of ring) visited.add(step);
    ring = ring
      .flatMap((step) => predecessorsOf(step).flatMap((id) => stepOf(id) ?? []))
      .filter((step) => !visited.has(step));
  }
  return owners;
}
