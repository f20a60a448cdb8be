"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { roles } from "#lib/access/role.ts";
import type { ChangeUserAnswer } from "#components/users/user-answer.ts";
import { changeUser } from "#app/_data/change-user.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ id: z.string().max(100), role: z.enum(roles) });

/** Gives an account another role; its sessions end. */
export const changeRole = async (sent: unknown): Promise<ChangeUserAnswer> => {
  const viewer = await requireViewer("users.manage");
  const { id, role } = input.parse(sent);
  const { result } = await changeUser(id, async (access) => access.changeRole(id, role, viewer.by));
  revalidatePath("/users");
  return { result };
};
