import { hashTokenSecret } from "#lib/access/token-secret.ts";
import type { Access } from "#lib/storage/access.ts";
import type { Grant } from "#ingest/http/grant.ts";

/** A new token works at once; a revoked one no longer than this. */
const keptMs = 1_000;
const knownLimit = 1_000;

export interface TokenGrants {
  /** What a token's secret allows; null where it is unknown, revoked or expired. */
  find(secret: string): Promise<Grant | null>;
}

/** Good tokens are looked up at most once a second each; bad ones always, so that guessing fills nothing. */
export function createTokenGrants(access: Pick<Access, "findToken">, now: () => number): TokenGrants {
  const known = new Map<string, { readonly grant: Grant; readonly until: number }>();
  return {
    async find(secret) {
      const hash = hashTokenSecret(secret);
      const at = now();
      const kept = known.get(hash);
      if (kept && at < kept.until) return kept.grant;
      known.delete(hash);
      const token = await access.findToken(hash);
      if (token === null || token.revokedAt !== null || (token.expiresAt !== null && token.expiresAt <= at))
        return null;
      const { scopes, sources, systems } = token;
      const grant: Grant = { by: `token:${token.name}`, scopes, sources, systems };
      if (known.size >= knownLimit) known.clear();
      known.set(hash, { grant, until: Math.min(at + keptMs, token.expiresAt ?? Infinity) });
      return grant;
    },
  };
}
