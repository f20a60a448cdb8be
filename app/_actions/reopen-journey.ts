"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { CaseworkAnswer } from "#components/casework/casework-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { findOwnJourney } from "#app/_data/own-journey.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ flow: z.string().max(300), primary: z.string().max(600) });

/** Undoes a closing by hand; also another person's. */
export const reopenJourney = async (sent: unknown): Promise<CaseworkAnswer> => {
  const viewer = await requireViewer("journeys.close");
  const journey = await findOwnJourney(viewer, input.parse(sent));
  if (journey === null) return { result: "gone" };
  const { control, now } = currentConsole();
  await control.closings.reopen(journey, now(), viewer.by);
  revalidatePath("/(console)/record/[type]/[value]", "page");
  return { result: "done" };
};
