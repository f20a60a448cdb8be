export type TokenProblem = "unknown" | "revoked" | "expired" | "scope";

/** Why a token may not do what needs `scope`; null where it may. `unknown`, `revoked` and `expired` are 401, `scope` is 403. */
export const checkToken = <Scope extends string>(
  token: {
    readonly scopes: readonly Scope[];
    readonly expiresAt: number | null;
    readonly revokedAt: number | null;
  } | null,
  scope: NoInfer<Scope>,
  now: number,
): TokenProblem | null => {
  if (token === null) return "unknown";
  if (token.revokedAt !== null && token.revokedAt <= now) return "revoked";
  if (token.expiresAt !== null && token.expiresAt <= now) return "expired";
  return token.scopes.includes(scope) ? null : "scope";
};
