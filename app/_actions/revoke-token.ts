"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ id: z.string().max(100) });

/** Ends a token; the worker refuses it within 2 s. */
export const revokeToken = async (sent: unknown): Promise<{ readonly result: "done" | "gone" }> => {
  const viewer = await requireViewer("tokens.manage");
  const { id } = input.parse(sent);
  const { control, now } = currentConsole();
  const isRevoked = await control.access.revokeToken(id, now(), viewer.by);
  revalidatePath("/tokens");
  return { result: isRevoked ? "done" : "gone" };
};
