"use server";

import { z } from "zod";
import { hashPassword } from "#lib/access/password-hash.ts";
import { passwordProblem } from "#lib/access/password-policy.ts";
import { hashTokenSecret } from "#lib/access/token-secret.ts";
import type { PasswordAnswer } from "#components/access/password-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { pageSetting } from "#app/_data/page-setting.ts";

const input = z.object({ key: z.string().max(100), password: z.string().max(1_000) });

/** Sets the password of whoever's link it is, and burns the link. The link is the permission. */
export const choosePassword = async (sent: unknown): Promise<PasswordAnswer> => {
  const { control, now } = currentConsole();
  const { clock } = await pageSetting();
  const parsed = input.safeParse(sent);
  if (!parsed.success) return { result: "linkDead" };
  const { key, password } = parsed.data;
  const hash = hashTokenSecret(key);
  // before the slow hash, so that no stranger can keep the processor busy
  const user = await control.access.findPasswordLink(hash, now());
  if (user === null) return { result: "linkDead" };
  const problem = passwordProblem(password, user.name);
  if (problem !== null) return { result: "password", problem: problem[clock.language] ?? "" };
  const changed = await control.access.usePasswordLink(hash, await hashPassword(password), now());
  return changed === null ? { result: "linkDead" } : { result: "done", name: changed.name };
};
