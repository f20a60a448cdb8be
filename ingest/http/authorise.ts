import type { IncomingHttpHeaders } from "node:http";
import { bearerSecretOf } from "#lib/access/token-secret.ts";
import type { TokenScope } from "#lib/access/token-scope.ts";
import { type Grant, localGrant } from "#ingest/http/grant.ts";
import { isDirectLocalRequest } from "#ingest/http/loopback.ts";
import { toProblem, toRetryLater } from "#ingest/http/problem.ts";
import type { TokenGrants } from "#ingest/http/token-grants.ts";
import type { HttpAnswer } from "#ingest/source.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

export interface Authoriser {
  /** A grant with the scope, or the answer that says why not: 401 for nobody, 403 for somebody who may not. */
  authorise(headers: IncomingHttpHeaders, scope: TokenScope): Promise<Grant | { readonly refused: HttpAnswer }>;
}

const challenge = { "www-authenticate": 'Bearer realm="hopline"' };

export function createAuthoriser(options: {
  readonly boundToLoopback: boolean;
  readonly tokens: TokenGrants;
}): Authoriser {
  const { boundToLoopback, tokens } = options;
  const look = async (secret: string): Promise<Grant | null | "away"> => {
    try {
      return await tokens.find(secret);
    } catch (error) {
      if (error instanceof StorageError && error.retryable) return "away";
      throw error;
    }
  };
  return {
    async authorise(headers, scope) {
      if (headers.authorization === undefined) {
        if (boundToLoopback && isDirectLocalRequest(headers)) return localGrant;
        return refuse("token_required", "Send Authorization: Bearer with a token (npm run hopline -- token create).");
      }
      // A wrong token is refused even where none would be needed: its sender believes to be somebody.
      const secret = bearerSecretOf(headers.authorization);
      const grant = secret === null ? null : await look(secret);
      if (grant === "away")
        return { refused: toRetryLater(503, "store_unavailable", "The token can't be looked up now.", 2) };
      if (grant === null) return refuse("token_invalid", "The token is not known, has expired or was revoked.");
      if (!grant.scopes.includes(scope)) {
        return { refused: toProblem(403, "scope_missing", `The token does not have the scope ${scope}.`) };
      }
      return grant;
    },
  };
}

const refuse = (code: string, detail: string): { readonly refused: HttpAnswer } => ({
  refused: toProblem(401, code, detail, challenge),
});
