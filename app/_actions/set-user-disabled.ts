"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { ChangeUserAnswer } from "#components/users/user-answer.ts";
import { changeUser } from "#app/_data/change-user.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ id: z.string().max(100), disabled: z.boolean() });

/** Shuts an account out, ending its sessions, or lets it in again. */
export const setUserDisabled = async (sent: unknown): Promise<ChangeUserAnswer> => {
  const viewer = await requireViewer("users.manage");
  const { id, disabled } = input.parse(sent);
  const { result } = await changeUser(id, async (access) => access.setDisabled(id, disabled, viewer.by));
  revalidatePath("/users");
  return { result };
};
