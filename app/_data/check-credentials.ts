import "server-only";
import { isLocked, lockUntil } from "#lib/access/lockout.ts";
import { HashingBusyError, verifyNobody, verifyPassword } from "#lib/access/password-hash.ts";
import type { Credentials, User } from "#lib/storage/access.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { attemptsInMemory } from "#app/_data/attempts-in-memory.ts";
import { currentConsole } from "#app/_data/console.ts";

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
  const at = now();
  const until = [found?.lockedUntil ?? null, attemptsInMemory.lockedUntil(name)].find((each) => isLocked(each, at));
  if (until !== undefined && until !== null) return { result: "locked", until };
  if (found === null) return checkStranger(name, password);
  const isRight = await verifyPassword(password, found.passwordHash);
  if (!isRight || found.disabled) return refuse(found);
  if (!(await isRecorded(() => control.access.recordSignIn(found.id, at))))
    await tellLater(found, "user.signed_in", at);
  attemptsInMemory.forget(name);
  return { result: "ok", user: found };
};

const refuse = async ({ id, name, failedAttempts }: User & Credentials): Promise<SignIn> => {
  const { control, now } = currentConsole();
  // read again: other attempts ran while this password was hashed
  const failedBefore = (await control.access.findUserByName(name))?.failedAttempts ?? failedAttempts;
  const lock = lockUntil(failedBefore, now());
  if (await isRecorded(() => control.access.recordFailedSignIn(id, now(), lock))) return toRefusal(lock);
  await tellLater({ name }, "user.sign_in_refused", now());
  return toRefusal(attemptsInMemory.countFailure(name, now()));
};

const toRefusal = (until: number | null): SignIn =>
  until === null ? { result: "wrong" } : { result: "locked", until };

const checkStranger = async (name: string, password: string): Promise<SignIn> => {
  const { control, now } = currentConsole();
  await verifyNobody(password);
  // the typed name is not kept: people type passwords there
  await control.audit.append([
    { at: now(), by: "nobody", action: "user.sign_in_refused", object: "user:(unknown)", result: "refused" },
  ]);
  return toRefusal(attemptsInMemory.countFailure(name, now()));
};

/** False where the store takes no writes now: who has the right password is let in all the same, to see what is there. */
const isRecorded = async (record: () => Promise<void>): Promise<boolean> => {
  try {
    await record();
    return true;
  } catch (error) {
    if (!(error instanceof StorageError) || !error.retryable) throw error;
    currentConsole().log.warn({ err: error }, "a sign-in could not be recorded: the store takes no writes now");
    return false;
  }
};

/** Queued until the store takes writes again. */
const tellLater = async (
  { name }: Pick<User, "name">,
  action: "user.signed_in" | "user.sign_in_refused",
  at: number,
): Promise<void> => {
  const result = action === "user.signed_in" ? "done" : "refused";
  await currentConsole().control.audit.append([{ at, by: name, action, object: `user:${name}`, result }]);
};
