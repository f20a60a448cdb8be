const freeAttempts = 5;
const firstLockMs = 60_000;
const longestLockMs = 60 * 60_000;

/**
 * Until when an account is locked after one more failed sign-in; null while it is not. The fifth failure in a row locks for
 * a minute, each further one twice as long, up to an hour. `failedBefore`: failures in a row before this one.
 */
export const lockUntil = (failedBefore: number, now: number): number | null => {
  const failed = failedBefore + 1;
  if (failed < freeAttempts) return null;
  return now + Math.min(longestLockMs, firstLockMs * 2 ** (failed - freeAttempts));
};

export const isLocked = (lockedUntil: number | null, now: number): boolean => lockedUntil !== null && now < lockedUntil;
