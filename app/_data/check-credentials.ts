import "server-only";
import { isLocked, lockUntil } from "#lib/access/lockout.ts";
import { HashingBusyError, verifyNobody, verifyPassword } from "#lib/access/password-hash.ts";
import type { User } from "#lib/storage/access.ts";
import { currentConsole } from "#app/_data/console.ts";
import { strangers } from "#app/_data/strangers.ts";

export type SignIn =
  | { readonly result: "busy" }
  | { readonly result: "ok"; readonly user: User }
  | { readonly result: "wrong" }
  | { readonly result: "locked"; readonly until: number };

/** Checks a name and a password. Names that do not exist are counted, locked and timed like those that do. */
export const checkCredentials = async (name: string, password: string): Promise<SignIn> => {
  try {
    return await check(name, password);
  } catch (error) {
    if (error instanceof HashingBusyError) return { result: "busy" };
    throw error;
  }
};

const check = async (name: string, password: string): Promise<SignIn> => {
  const { control, now } = currentConsole();
  const found = await control.access.findUserByName(name);
  if (found === null) return checkStranger(name, password);
  const at = now();
  if (isLocked(found.lockedUntil, at)) return { result: "locked", until: found.lockedUntil ?? at };
  const isRight = await verifyPassword(password, found.passwordHash);
  if (isRight && !found.disabled) {
    await control.access.recordSignIn(found.id, at);
    return { result: "ok", user: found };
  }
  // read again: other attempts ran while this password was hashed
  const failedBefore = (await control.access.findUserByName(name))?.failedAttempts ?? found.failedAttempts;
  const until = lockUntil(failedBefore, now());
  await control.access.recordFailedSignIn(found.id, now(), until);
  return until === null ? { result: "wrong" } : { result: "locked", until };
};

const checkStranger = async (name: string, password: string): Promise<SignIn> => {
  const { control, now } = currentConsole();
  const locked = strangers.lockedUntil(name);
  if (isLocked(locked, now())) return { result: "locked", until: locked ?? now() };
  await verifyNobody(password);
  // the typed name is not kept: people type passwords there
  await control.audit.append([
    { at: now(), by: "nobody", action: "user.sign_in_refused", object: "user:(unknown)", result: "refused" },
  ]);
  const until = strangers.countFailure(name, now());
  return until === null ? { result: "wrong" } : { result: "locked", until };
};
