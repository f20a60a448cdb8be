import type { Owners } from "#lib/flow/flow-version.ts";
import { othersAlike } from "#lib/record/others-alike.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { maxChatLength } from "#components/record/chat-text.ts";
import { plainSentence } from "#components/record/mark-sentence.ts";
import { namesOf } from "#components/record/names.ts";
import { ownSentence } from "#components/record/own-sentence.ts";
import { oneLine, shorten } from "#components/record/short-text.ts";
import type { View } from "#components/record/view.ts";

export const ownerRoles = ["provides", "processes", "monitors"] as const satisfies readonly (keyof Owners)[];
export type OwnerRole = (typeof ownerRoles)[number];

/** Names from files and payloads may be long; what they stand in has to stay within a message. */
const longestName = 60;

/**
 * What to tell one owner of the step that is broken: what happened, what their part in it is, what to look at, how many are alike, the
 * link. It asks and blames nobody. Plain text, at most 400 characters; the sentence gives way first. Null where nobody has that role or
 * nothing is broken.
 */
export function ownerText(journey: JourneyAnswer, role: OwnerRole, url: string, view: View): string | null {
  const { verdict, state } = journey;
  const team = verdict.owners[role];
  if (team === undefined || verdict.step === null) return null;
  const t = view.casework;
  const names = namesOf(journey, view.clock.language);
  const short = (text: string): string => shorten(oneLine(text), longestName);
  const kind = state === "unknown" ? "unknown" : verdict.field === undefined ? "step" : "field";
  const count = othersAlike(journey);
  const others =
    verdict.alike === undefined || count < 1 ? "" : t("owner.others", { count, since: view.time(verdict.alike.since) });
  const told = (sentence: string): string =>
    t(`owner.${role}.${kind}`, {
      team: short(names.team(team)),
      step: view.named(short(names.step(verdict.step ?? ""))),
      field: short(verdict.field ?? ""),
      sentence,
    });
  const link = url.length <= maxChatLength / 3 ? url : "";
  const tail = [others, link].filter((part) => part !== "").join("\n");
  const room = maxChatLength - told("").length - tail.length - 1;
  const sentence = shorten(oneLine(plainSentence(ownSentence(journey, view))), Math.max(room, 0));
  return [shorten(oneLine(told(sentence)), maxChatLength - tail.length - 1), tail]
    .filter((part) => part !== "")
    .join("\n");
}
