/** A session ends when nobody used it for this long … */
export const idleLimitMs = 12 * 60 * 60_000;
/** … and this long after the sign-in at the latest. */
export const absoluteLimitMs = 7 * 24 * 60 * 60_000;

/** What a session cookie carries. Times in epoch milliseconds. */
export interface SessionClaims {
  readonly userId: string;
  readonly sessionVersion: number;
  readonly signedInAt: number;
  readonly lastUsedAt: number;
}

/** Whether the session still counts; `user` as it is kept now, null where the account is gone. */
export const isSessionAlive = (
  claims: SessionClaims,
  user: { readonly id: string; readonly disabled: boolean; readonly sessionVersion: number } | null,
  now: number,
): boolean =>
  user !== null &&
  user.id === claims.userId &&
  !user.disabled &&
  user.sessionVersion === claims.sessionVersion &&
  now - claims.lastUsedAt < idleLimitMs &&
  now - claims.signedInAt < absoluteLimitMs;
