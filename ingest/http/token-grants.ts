import { hashTokenSecret } from "#lib/access/token-secret.ts";
import type { Access, Token } from "#lib/storage/access.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { Grant } from "#ingest/http/grant.ts";

/** A new token works at once; a revoked one no longer than this. */
const keptMs = 1_000;
const knownLimit = 1_000;
/** While the store is away nobody can revoke a token; one that was good goes on being good for so long. */
const trustedMs = 3_600_000;

export interface TokenGrants {
  /** What a token's secret allows; null where it is unknown, revoked or expired. Rejects with StorageError where the store can't say. */
  find(secret: string): Promise<Grant | null>;
}

/** Good tokens are looked up at most once a second each; bad ones always, so that guessing fills nothing. */
export function createTokenGrants(access: Pick<Access, "findToken">, now: () => number): TokenGrants {
  const known = new Map<string, { readonly grant: Grant; readonly lookedAt: number; readonly expiresAt: number }>();
  const find = async (hash: string): Promise<Token | null | "away"> => {
    try {
      return await access.findToken(hash);
    } catch (error) {
      if (error instanceof StorageError && error.retryable) return "away";
      throw error;
    }
  };
  return {
    async find(secret) {
      const hash = hashTokenSecret(secret);
      const at = now();
      const kept = known.get(hash);
      const isGood = (forMs: number): boolean =>
        kept !== undefined && at < kept.expiresAt && at < kept.lookedAt + forMs;
      if (kept && isGood(keptMs)) return kept.grant;
      const token = await find(hash);
      if (token === "away") {
        if (kept && isGood(trustedMs)) return kept.grant;
        throw new StorageError("unavailable", "The store is away: the token can't be looked up now.");
      }
      known.delete(hash);
      if (token === null || token.revokedAt !== null || (token.expiresAt !== null && token.expiresAt <= at))
        return null;
      const { scopes, sources, systems } = token;
      const grant: Grant = { by: `token:${token.name}`, scopes, sources, systems };
      if (known.size >= knownLimit) known.clear();
      known.set(hash, { grant, lookedAt: at, expiresAt: token.expiresAt ?? Infinity });
      return grant;
    },
  };
}
