import type { Flow } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { zh } from "#lib/journey/zh.ts";
import type { LocalText, People } from "#lib/people/people.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** What people call steps and teams; ids where nothing was declared. */
export interface Names {
  step(id: StepId): string;
  team(id: string): string;
}

export function namesOf(flow: Flow, people: People, language: Language): Names {
  const steps = new Map(
    flow.steps.map((step) => {
      const title = inLanguage(step.title, language);
      if (title !== undefined) return [step.id, title];
      const system = inLanguage(entryOf(people.systems, step.system)?.title, language) ?? step.system;
      const shared = flow.steps.some((other) => other !== step && other.system === step.system);
      if (!shared) return [step.id, system];
      return [step.id, language === "zh" ? zh`${system}（${step.id}）` : `${system} (${step.id})`];
    }),
  );
  return { step: (id) => steps.get(id) ?? id, team: (id) => teamName(id, people, language) };
}

export const teamName = (id: string, people: People, language: Language): string =>
  inLanguage(entryOf(people.teams, id)?.title, language) ?? id;

const inLanguage = (text: LocalText | undefined, language: Language): string | undefined =>
  language === "zh" ? (text?.zh ?? text?.en) : (text?.en ?? text?.zh);

/** Ids come from files: `constructor` is a name like any other. */
const entryOf = <T>(entries: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(entries, id) ? entries[id] : undefined;
