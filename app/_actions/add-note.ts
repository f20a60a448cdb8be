"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { CaseworkAnswer } from "#components/casework/casework-answer.ts";
import { longestNote, toWrittenText, writtenLength } from "#lib/casework/written-text.ts";
import { currentConsole } from "#app/_data/console.ts";
import { findOwnJourney } from "#app/_data/own-journey.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ flow: z.string().max(300), primary: z.string().max(600), text: z.string().max(50_000) });

/** Writes a note on a journey. */
export const addNote = async (sent: unknown): Promise<CaseworkAnswer> => {
  const viewer = await requireViewer("notes.write");
  const { text: written, ...place } = input.parse(sent);
  const text = toWrittenText(written);
  if (text === "") return { result: "empty" };
  if (writtenLength(text) > longestNote) return { result: "long" };
  const journey = await findOwnJourney(viewer, place);
  if (journey === null || viewer.id === null) return { result: "gone" };
  const { control, now } = currentConsole();
  const { flow, primary } = journey;
  await control.notes.add({ flow, primary, at: now(), author: viewer.id, by: viewer.by, text });
  revalidatePath("/(console)/record/[type]/[value]", "page");
  return { result: "done" };
};
