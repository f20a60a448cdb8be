"use server";

import { z } from "zod";
import { passwordProblem } from "#lib/access/password-policy.ts";
import { hashPassword } from "#lib/access/password-hash.ts";
import { hashTokenSecret } from "#lib/access/token-secret.ts";
import type { SetUpAnswer } from "#components/access/set-up-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { pageSetting } from "#app/_data/page-setting.ts";

const input = z.object({ key: z.string().max(100), name: z.string().max(1_000), password: z.string().max(1_000) });
const longestName = 60;

/** Uses a set-up link: creates the administrator and burns the link, both or neither. The link is the permission. */
export const createAdministrator = async (sent: unknown): Promise<SetUpAnswer> => {
  const { control, now } = currentConsole();
  const { clock } = await pageSetting();
  const parsed = input.safeParse(sent);
  if (!parsed.success) return { result: "link_dead" };
  const { key, password } = parsed.data;
  const name = parsed.data.name.normalize("NFC").trim();
  if (name === "") return { result: "name_missing" };
  if (Array.from(name).length > longestName) return { result: "name_long" };
  const problem = passwordProblem(password, name);
  if (problem !== null) return { result: "password", problem: problem[clock.language] ?? "" };
  // before the slow hash, so that no stranger can keep the processor busy
  if ((await control.access.countUsers()) > 0) return { result: "link_dead" };
  const passwordHash = await hashPassword(password);
  const user = await control.access.useSetupLink(hashTokenSecret(key), { name, passwordHash, createdAt: now() });
  return user === null ? { result: "link_dead" } : { result: "created" };
};
