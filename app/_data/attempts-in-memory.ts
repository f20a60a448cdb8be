import "server-only";
import { lockUntil } from "#lib/access/lockout.ts";
import { nameForm } from "#lib/access/name-form.ts";

const remembered = 10_000;

interface Attempts {
  readonly failed: number;
  readonly lockedUntil: number | null;
}

const attempts = new Map<string, Attempts>();
const formOf = (name: string): string => nameForm(name).slice(0, 200);

/**
 * Failed sign-ins that stand in no store: of names without an account, so that a lockout says nothing about who has one, and of all names
 * while the store takes no writes. Of this process, the newest names only.
 */
export const attemptsInMemory = {
  lockedUntil: (name: string): number | null => attempts.get(formOf(name))?.lockedUntil ?? null,
  countFailure(name: string, now: number): number | null {
    const form = formOf(name);
    const failed = attempts.get(form)?.failed ?? 0;
    const lockedUntil = lockUntil(failed, now);
    attempts.delete(form);
    attempts.set(form, { failed: failed + 1, lockedUntil });
    const [oldest] = attempts.keys();
    if (attempts.size > remembered && oldest !== undefined) attempts.delete(oldest);
    return lockedUntil;
  },
  forget(name: string): void {
    attempts.delete(formOf(name));
  },
};
