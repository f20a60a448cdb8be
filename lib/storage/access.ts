import type { Role } from "#lib/access/role.ts";
import type { TokenScope } from "#lib/access/token-scope.ts";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** False until the person has chosen one by a link. */
  readonly hasPassword: boolean;
  /** Grows with role change, disabling and password change: sessions made before it end at once. */
  readonly sessionVersion: number;
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
  readonly language: "en" | "zh" | null;
  readonly theme: "light" | "dark" | null;
  readonly timeZone: string | null;
  /** Whether single keys (`?`, `j`) do anything for this person. */
  readonly singleKeys: boolean;
}

export interface Credentials {
  readonly passwordHash: string;
  readonly failedAttempts: number;
  readonly lockedUntil: number | null;
}

/** By which a person chooses a password, once; kept as its hash. */
export interface PasswordLink {
  readonly secretHash: string;
  readonly expiresAt: number;
}

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

export interface UserAccess {
  countUsers(): Promise<number>;
  findUser(id: string): Promise<User | null>;
  findUserByName(name: string): Promise<(User & Credentials) | null>;
  listUsers(): Promise<readonly User[]>;
  /** With a link instead of a password: nobody can sign in before it was used. */
  createUser(
    user: {
      readonly name: string;
      readonly role: Role;
      readonly passwordHash: string | PasswordLink;
      readonly createdAt: number;
    },
    by: string,
  ): Promise<User>;
  changeRole(id: string, role: Role, by: string): Promise<void>;
  changePassword(id: string, passwordHash: string, by: string): Promise<void>;
  /** Takes the password away and ends every session: the person chooses a new one by the link. Replaces an older link. */
  savePasswordLink(id: string, link: PasswordLink, by: string): Promise<void>;
  /** Whose link it is; null where it is unknown, used, replaced or expired. */
  findPasswordLink(secretHash: string, at: number): Promise<User | null>;
  /** Sets the password and burns the link; null as above. */
  usePasswordLink(secretHash: string, passwordHash: string, at: number): Promise<User | null>;
  setDisabled(id: string, disabled: boolean, by: string): Promise<void>;
  /** What a person likes to see; not a change that is audited. */
  savePreferences(id: string, preferences: Pick<User, "language" | "theme" | "timeZone" | "singleKeys">): Promise<void>;
  recordSignIn(id: string, at: number): Promise<void>;
  /** Counts a failure and locks until `lockUntil` where given. */
  recordFailedSignIn(id: string, at: number, lockUntil: number | null): Promise<void>;
}

/**
 * Accounts, tokens, set-up links. Secrets come in as hashes only. Each change is audited in its own transaction (`by` is who did it).
 * `conflict` where a name is taken, and where nobody would be left who can sign in as administrator; what a reader sees is at most 1 s old in any process.
 */
export interface Access extends UserAccess {
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
