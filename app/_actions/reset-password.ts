"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { ResetPasswordAnswer } from "#components/users/user-answer.ts";
import { changeUser } from "#app/_data/change-user.ts";
import { newPasswordLink } from "#app/_data/new-password-link.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ id: z.string().max(100) });

/** Takes a person's password away and answers, once, with the link by which a new one is chosen. */
export const resetPassword = async (sent: unknown): Promise<ResetPasswordAnswer> => {
  const viewer = await requireViewer("users.manage");
  const { id } = input.parse(sent);
  const { kept, link, expiresAt } = newPasswordLink();
  const changed = await changeUser(id, async (access) => access.savePasswordLink(id, kept, viewer.by));
  revalidatePath("/users");
  if (changed.result !== "done") return { result: changed.result };
  return { result: "made", name: changed.user.name, link, expiresAt };
};
