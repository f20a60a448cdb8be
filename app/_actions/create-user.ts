"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { roles } from "#lib/access/role.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { CreateUserAnswer } from "#components/users/user-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { newPasswordLink } from "#app/_data/new-password-link.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ name: z.string().max(1_000), role: z.enum(roles) });
const longestName = 60;

/** Makes an account whose person chooses the password by a link; the link is answered once. */
export const createUser = async (sent: unknown): Promise<CreateUserAnswer> => {
  const viewer = await requireViewer("users.manage");
  const { control, now } = currentConsole();
  const parsed = input.parse(sent);
  const name = parsed.name.normalize("NFC").trim();
  if (name === "") return { result: "nameMissing" };
  if (Array.from(name).length > longestName) return { result: "nameLong" };
  const { kept, link, expiresAt } = newPasswordLink();
  try {
    const user = { name, role: parsed.role, passwordHash: kept, createdAt: now() };
    await control.access.createUser(user, viewer.by);
  } catch (error) {
    if (error instanceof StorageError && error.code === "conflict") return { result: "nameTaken" };
    throw error;
  }
  revalidatePath("/users");
  return { result: "created", name, link, expiresAt };
};
