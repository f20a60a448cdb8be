"use server";

import { z } from "zod";
import { isLocked, lockUntil } from "#lib/access/lockout.ts";
import { hashPassword, HashingBusyError, verifyPassword } from "#lib/access/password-hash.ts";
import { passwordProblem } from "#lib/access/password-policy.ts";
import type { PasswordAnswer } from "#components/access/password-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer, type Viewer } from "#app/_data/session.ts";

const input = z.object({ current: z.string().max(1_000), password: z.string().max(1_000) });

/** Changes one's own password, after the one of now; every session ends, this one too. Wrong ones count as failed sign-ins do. */
export const changePassword = async (sent: unknown): Promise<PasswordAnswer> => {
  const viewer = await requireViewer("profile.change");
  const { current, password } = input.parse(sent);
  const problem = passwordProblem(password, viewer.name);
  if (problem !== null) return { result: "password", problem: problem[viewer.language] ?? "" };
  try {
    return await change(viewer, current, password);
  } catch (error) {
    if (error instanceof HashingBusyError) return { result: "busy" };
    throw error;
  }
};

const change = async (viewer: Viewer, current: string, password: string): Promise<PasswordAnswer> => {
  const { control, now } = currentConsole();
  const { access } = control;
  const user = await access.findUserByName(viewer.name);
  if (user === null || user.id !== viewer.id) return { result: "currentWrong" };
  if (isLocked(user.lockedUntil, now())) return { result: "locked", forMs: (user.lockedUntil ?? 0) - now() };
  if (!(await verifyPassword(current, user.passwordHash))) {
    const failedBefore = (await access.findUserByName(viewer.name))?.failedAttempts ?? user.failedAttempts;
    await access.recordFailedSignIn(user.id, now(), lockUntil(failedBefore, now()));
    return { result: "currentWrong" };
  }
  await access.changePassword(user.id, await hashPassword(password), viewer.by);
  return { result: "done", name: user.name };
};
