import type { Contacts, LocalText } from "#lib/people/people.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

/** What people call things of a journey; ids where nothing was declared. The same names as in the sentence. */
export interface Names {
  readonly flow: string;
  readonly step: (id: string) => string;
  /** What stands small beside a step's name: its system where the step has a title, else its id; "" where that says nothing new. */
  readonly stepNote: (id: string) => string;
  readonly system: (id: string) => string;
  readonly team: (id: string) => string;
  readonly contacts: (team: string) => Contacts;
  /** A field's name in the contracts of this flow; null where it has none. */
  readonly field: (path: string) => string | null;
}

const inLanguage = (text: LocalText | undefined, language: Language): string | undefined => {
  const [own, other] = language === "zh" ? [text?.zh, text?.en] : [text?.en, text?.zh];
  return own ?? other;
};

/** Ids come from outside: `constructor` is a name like any other. */
const entryOf = <T>(entries: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(entries, id) ? entries[id] : undefined;

/** Of a journey, what its names come from. */
export type Named = Pick<JourneyAnswer, "flow" | "steps" | "names">;

export function namesOf({ names, steps, flow }: Named, language: Language): Names {
  const systemOf = new Map(steps.map((step) => [step.id, step.system]));
  const system = (id: string): string => inLanguage(entryOf(names.systems, id)?.title, language) ?? id;
  const step = (id: string): string => inLanguage(entryOf(names.steps, id), language) ?? id;
  const stepNote = (id: string): string => {
    const place = systemOf.get(id);
    if (place === undefined || place === flow) return "";
    const [name, where] = [step(id), system(place)];
    if (name === where) return name === id ? "" : id;
    return name.startsWith(where) ? "" : where;
  };
  const titles = names.shape.flatMap((each) => each.needs).filter((need) => need.title !== undefined);
  return {
    flow: inLanguage(names.flow, language) ?? flow,
    step,
    stepNote,
    system,
    team: (id) => inLanguage(entryOf(names.teams, id)?.title, language) ?? id,
    contacts: (id) => entryOf(names.teams, id)?.contacts ?? {},
    field: (path) => titles.find((need) => need.field === path)?.title ?? null,
  };
}
