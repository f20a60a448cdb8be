import type { Role } from "#lib/access/role.ts";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** Grows with role change, disabling and password change: sessions made before it end at once. */
  readonly sessionVersion: number;
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
  readonly language: "en" | "zh" | null;
  readonly theme: "light" | "dark" | null;
  readonly timeZone: string | null;
}

export interface Credentials {
  readonly passwordHash: string;
  readonly failedAttempts: number;
  readonly lockedUntil: number | null;
}

export const tokenScopes = ["ingest", "read", "metrics"] as const;
export type TokenScope = (typeof tokenScopes)[number];

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** What a read token sees. */
  readonly role: Role;
  /** Sources and systems an ingest token may speak for; empty: any. */
  readonly sources: readonly string[];
  readonly systems: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

/**
 * Accounts, tokens, set-up links. Secrets come in as hashes only. Each change is audited in its own transaction (`by` is who did it).
 * `conflict` where a name is taken; what a reader sees is at most 1 s old in any process.
 */
export interface Access {
  countUsers(): Promise<number>;
  findUser(id: string): Promise<User | null>;
  findUserByName(name: string): Promise<(User & Credentials) | null>;
  listUsers(): Promise<readonly User[]>;
  createUser(
    user: { readonly name: string; readonly role: Role; readonly passwordHash: string; readonly createdAt: number },
    by: string,
  ): Promise<User>;
  changeRole(id: string, role: Role, by: string): Promise<void>;
  changePassword(id: string, passwordHash: string, by: string): Promise<void>;
  setDisabled(id: string, disabled: boolean, by: string): Promise<void>;
  /** What a person likes to see; not a change that is audited. */
  savePreferences(id: string, preferences: Pick<User, "language" | "theme" | "timeZone">): Promise<void>;
  recordSignIn(id: string, at: number): Promise<void>;
  /** Counts a failure and locks until `lockUntil` where given. */
  recordFailedSignIn(id: string, at: number, lockUntil: number | null): Promise<void>;
  createToken(
    token: Omit<Token, "id" | "revokedAt" | "lastUsedAt"> & { readonly secretHash: string },
    by: string,
  ): Promise<Token>;
  /** As it is, revoked and expired ones too: see lib/access/check-token.ts. Notes the use, at most once a minute a token. */
  findToken(secretHash: string): Promise<Token | null>;
  listTokens(): Promise<readonly Token[]>;
  revokeToken(id: string, at: number, by: string): Promise<boolean>;
  /** Single use, only while no user exists; replaces an older one. */
  saveSetupLink(secretHash: string, expiresAt: number): Promise<void>;
  /** Creates the first administrator and burns the link in one transaction; null where the link is unknown, used, expired or a user exists. */
  useSetupLink(
    secretHash: string,
    user: { readonly name: string; readonly passwordHash: string; readonly createdAt: number },
  ): Promise<User | null>;
}
