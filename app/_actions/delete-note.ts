"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { CaseworkAnswer } from "#components/casework/casework-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ id: z.string().max(100) });

/** Takes away a note of one's own; `restoreNote` undoes it for a day. */
export const deleteNote = async (sent: unknown): Promise<CaseworkAnswer> => {
  const viewer = await requireViewer("notes.write");
  const { id } = input.parse(sent);
  const { control, now } = currentConsole();
  const isDone = viewer.id !== null && (await control.notes.delete(id, viewer.id, now()));
  revalidatePath("/(console)/record/[type]/[value]", "page");
  return { result: isDone ? "done" : "gone" };
};
