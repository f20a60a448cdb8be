import type { Flow } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { durationText } from "#lib/journey/duration-text.ts";
import type { Language } from "#lib/journey/language.ts";
import { namesOf } from "#lib/journey/names.ts";
import { timeText, type Clock } from "#lib/journey/time-text.ts";
import { zh } from "#lib/journey/zh.ts";
import type { People } from "#lib/people/people.ts";

/** How things are said in one language: names, times, durations, fields. */
export interface Wording {
  step(id: StepId): string;
  time(at: number): string;
  duration(ms: number): string;
  /** The id in backticks, with its human name where it has one. */
  field(path: string, title?: string): string;
}

export interface Wordings {
  readonly en: Wording;
  readonly zh: Wording;
}

export function wordingsOf(flow: Flow, people: People, clock: Clock): Wordings {
  return { en: wordingOf("en", flow, people, clock), zh: wordingOf("zh", flow, people, clock) };
}

function wordingOf(language: Language, flow: Flow, people: People, clock: Clock): Wording {
  const names = namesOf(flow, people, language);
  return {
    step: names.step,
    time: (at) => timeText(at, clock, language),
    duration: (ms) => durationText(ms, language),
    field: (path, title) => {
      const id = `\`${path}\``;
      if (title === undefined || title === path) return id;
      return language === "zh" ? zh`${title}（${id}）` : `${title} (${id})`;
    },
  };
}
