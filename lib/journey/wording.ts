import type { Flow } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import { namesOf } from "#lib/journey/names.ts";
import { zh } from "#lib/journey/zh.ts";
import type { People } from "#lib/people/people.ts";
import { durationText, type Language } from "#lib/time-text/duration-text.ts";
import { timeText, type Clock } from "#lib/time-text/time-text.ts";

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

/** Whose today it is; each sentence brings its own language. */
export type WallClock = Omit<Clock, "language">;

export function wordingsOf(flow: Flow, people: People, clock: WallClock): Wordings {
  return { en: wordingOf("en", flow, people, clock), zh: wordingOf("zh", flow, people, clock) };
}

function wordingOf(language: Language, flow: Flow, people: People, { now, timeZone }: WallClock): Wording {
  const names = namesOf(flow, people, language);
  return {
    step: (id) => names.step(id),
    time: (at) => timeText(at, { now, timeZone, language }),
    duration: (ms) => durationText(Math.abs(ms), language),
    field: (path, title) => {
      const id = `\`${path}\``;
      if (title === undefined || title === path) return id;
      return language === "zh" ? zh`${title}（${id}）` : `${title} (${id})`;
    },
  };
}
