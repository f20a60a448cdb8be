import { summaryWithAlike } from "#lib/journey/summary-with-alike.ts";
import { othersAlike } from "#lib/record/others-alike.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import type { View } from "#components/record/view.ts";

/**
 * The sentence of this record alone. An answer's summary goes on with how many are alike and who is responsible; the page shows
 * both beside it, so what the engine appended is taken off again, where it is exactly what the engine would append.
 */
export function ownSentence(journey: JourneyAnswer, view: View): string {
  const { verdict, state, names } = journey;
  const { language, now, timeZone } = view.clock;
  const alike =
    verdict.alike === undefined
      ? null
      : { others: othersAlike(journey), since: Date.parse(verdict.alike.since), state, now, timeZone };
  const appended = summaryWithAlike({ en: "", zh: "" }, alike, verdict.owners, names)[language];
  const whole = verdict.summary[language];
  return appended !== "" && whole.endsWith(appended) ? whole.slice(0, -appended.length).trimEnd() : whole;
}
