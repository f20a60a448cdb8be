import type { Role } from "#lib/access/role.ts";
import type { TokenScope } from "#lib/access/token-scope.ts";

/** A token as the list shows it. Times in epoch milliseconds. */
export interface TokenLine {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly role: Role;
  readonly sources: readonly string[];
  readonly systems: readonly string[];
  readonly expiresAt: number | null;
  readonly isExpired: boolean;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

export interface MadeToken {
  readonly name: string;
  /** Shown once. */
  readonly secret: string;
  /** A command for each thing it may do, with this installation's addresses. */
  readonly commands: readonly { readonly scope: TokenScope; readonly command: string }[];
}

export type CreateTokenAnswer =
  | ({ readonly result: "created" } & MadeToken)
  | { readonly result: "nameMissing" | "nameLong" | "scopesMissing" | "sourcesLong" | "systemsLong" };

export interface TokenInput {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly role: string;
  /** Names separated by commas. */
  readonly sources: string;
  readonly systems: string;
  /** Empty: never. */
  readonly days: string;
}
