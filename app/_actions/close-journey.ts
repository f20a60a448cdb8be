"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { CaseworkAnswer } from "#components/casework/casework-answer.ts";
import { longestReason, toWrittenText, writtenLength } from "#lib/casework/written-text.ts";
import { isCompleted } from "#lib/journey/judgement.ts";
import { currentConsole } from "#app/_data/console.ts";
import { findOwnJourney } from "#app/_data/own-journey.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ flow: z.string().max(300), primary: z.string().max(600), reason: z.string().max(20_000) });

/** Closes a journey by hand, with a reason. Somebody else's closing stands. */
export const closeJourney = async (sent: unknown): Promise<CaseworkAnswer> => {
  const viewer = await requireViewer("journeys.close");
  const { flow, primary, reason: written } = input.parse(sent);
  const reason = toWrittenText(written).replaceAll(/\s+/gu, " ");
  if (reason === "") return { result: "empty" };
  if (writtenLength(reason) > longestReason) return { result: "long" };
  const journey = await findOwnJourney(viewer, { flow, primary });
  if (journey === null) return { result: "gone" };
  if (isCompleted(journey.state)) return { result: "completed" };
  const { control, now } = currentConsole();
  await control.closings.close({ flow: journey.flow, primary, at: now(), by: viewer.by, reason });
  revalidatePath("/(console)/record/[type]/[value]", "page");
  return { result: "done" };
};
