import type { Access, Token } from "#lib/storage/access.ts";
import { type AccessState, toUser } from "#lib/storage/elasticsearch/control/access-state.ts";
import type { Documents } from "#lib/storage/elasticsearch/control/documents.ts";
import type { Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import { addUser } from "#lib/storage/elasticsearch/control/new-user.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** `lastUsedAt` is for people: written at most this often a token. */
const useNotedEveryMs = 60_000;

type TokenAccess = Pick<
  Access,
  "createToken" | "findToken" | "listTokens" | "revokeToken" | "saveSetupLink" | "useSetupLink"
>;

interface TokenOptions {
  readonly now: () => number;
  readonly newId: () => string;
}

export const tokenDocument = (secretHash: string): string => `token:${secretHash}`;

/** Tokens, addressed by the hash of their secret, and the set-up link. */
export function clusterTokens(
  documents: Documents,
  ledger: Ledger<AccessState>,
  { now, newId }: TokenOptions,
): TokenAccess {
  const noteUse = async (token: Token, place: string): Promise<void> => {
    const at = now();
    if (token.revokedAt !== null || (token.lastUsedAt !== null && at - token.lastUsedAt < useNotedEveryMs)) return;
    try {
      await documents.set(place, { lastUsedAt: at });
    } catch (error) {
      // a full or busy cluster must not shut a good token out
      if (!(error instanceof StorageError && error.retryable)) throw error;
    }
  };

  return {
    async createToken({ secretHash, ...given }, by) {
      const token: Token = { ...given, id: newId(), revokedAt: null, lastUsedAt: null };
      const { name, scopes, role, sources, systems, createdAt: at, expiresAt } = token;
      const detail = { scopes, role, sources, systems, expiresAt };
      const entry = { at, by, action: "token.created", object: `token:${name}`, result: "done", detail } as const;
      return await ledger.change(async (state) => {
        if (state.tokens.some(([, known]) => known === secretHash))
          throw new StorageError("conflict", "There is a token with this secret.");
        const patch = { id: tokenDocument(secretHash), kind: "token", fields: { ...token } };
        const tokens = [...state.tokens, [token.id, secretHash] as const];
        return { result: token, change: { state: { ...state, tokens }, patches: [patch], entry } };
      });
    },
    async findToken(secretHash) {
      const place = tokenDocument(secretHash);
      const token = await documents.find<Token>(place);
      if (token !== null) await noteUse(token, place);
      return token;
    },
    async listTokens() {
      const { tokens } = await ledger.read();
      const kept = await documents.findMany<Token>(tokens.map(([, secretHash]) => tokenDocument(secretHash)));
      return [...kept.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    async revokeToken(id, at, by) {
      return await ledger.change(async (state) => {
        const secretHash = state.tokens.find(([token]) => token === id)?.[1];
        const place = tokenDocument(secretHash ?? "");
        const token = secretHash === undefined ? null : await documents.find<Token>(place);
        if (token === null || token.revokedAt !== null) return { result: false };
        const entry = { at, by, action: "token.revoked", object: `token:${token.name}`, result: "done" } as const;
        const patch = { id: place, kind: "token", fields: { revokedAt: at } };
        return { result: true, change: { state, patches: [patch], entry } };
      });
    },
    async saveSetupLink(secretHash, expiresAt) {
      await ledger.change(async (state) => {
        if (state.names.length > 0)
          throw new StorageError("conflict", "Hopline is set up already: there is an account.");
        return { result: null, change: { state: { ...state, setupLink: { secretHash, expiresAt } } } };
      });
    },
    async useSetupLink(secretHash, given) {
      const id = newId();
      return await ledger.change(async (state) => {
        const link = state.setupLink;
        if (
          link === null ||
          link.secretHash !== secretHash ||
          link.expiresAt <= given.createdAt ||
          state.names.length > 0
        )
          return { result: null };
        const added = addUser({ ...state, setupLink: null }, id, { ...given, role: "administrator" });
        const { name: by, role } = added.user;
        const about = { at: given.createdAt, by, action: "user.created", object: `user:${by}` };
        const entry = { ...about, result: "done", detail: { role, setUpLink: true } } as const;
        return { result: toUser(added.user), change: { state: added.state, patches: [added.patch], entry } };
      });
    },
  };
}
