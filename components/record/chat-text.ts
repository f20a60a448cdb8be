import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { namesOf } from "#components/record/names.ts";
import { ownSentence } from "#components/record/own-sentence.ts";
import { plainSentence } from "#components/record/mark-sentence.ts";
import { oneLine, shorten } from "#components/record/short-text.ts";
import type { View } from "#components/record/view.ts";

export const maxChatLength = 400;

/** "provides: Sales-Ops; processes: Integration". */
function ownersText(journey: JourneyAnswer, view: View): string {
  const names = namesOf(journey, view.clock.language);
  const parts = (["provides", "processes", "monitors"] as const).flatMap((role) => {
    const team = journey.verdict.owners[role];
    return team === undefined
      ? []
      : [view.record("chat.role", { role: view.record(`owners.${role}`), team: names.team(team) })];
  });
  return parts.join(view.record("chat.separator"));
}

/**
 * What is pasted into a chat: the sentence (before it, who closed the record), the owners, the link; plain text, at most 400 characters. The link stays whole or,
 * where it alone would fill the message, is left out; the sentence gives way last.
 */
export function chatText(journey: JourneyAnswer, url: string, view: View): string {
  const link = url.length <= maxChatLength / 2 ? url : "";
  const room = maxChatLength - (link === "" ? 0 : link.length + 1);
  const { closed } = journey;
  const closing =
    closed === undefined ? "" : `${view.casework("close.chat", { by: closed.by, reason: closed.reason })} `;
  const sentence = shorten(oneLine(closing + plainSentence(ownSentence(journey, view))), room);
  const owners = shorten(oneLine(ownersText(journey, view)), room - sentence.length - 1);
  return [sentence, owners.length > 1 ? owners : "", link].filter((line) => line !== "").join("\n");
}
