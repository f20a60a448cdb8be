import type { Assessment } from "#lib/journey/assess.ts";
import type { Summary } from "#lib/journey/judgement.ts";
import { storyOf } from "#lib/journey/story.ts";
import { summaryEn } from "#lib/journey/summary-en.ts";
import { summaryZh } from "#lib/journey/summary-zh.ts";
import type { Wordings } from "#lib/journey/wording.ts";

/** The sentence of a verdict. How many are alike and who owns it is added by summary-with-alike.ts, which needs the store. */
export function summaryOf(assessment: Assessment, record: string, now: number, say: Wordings): Summary {
  const story = storyOf(assessment, record, now);
  const { state } = assessment;
  return { en: summaryEn(story, state, say.en), zh: summaryZh(story, state, say.zh) };
}
