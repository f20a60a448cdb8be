import type { TokenScope } from "#lib/access/token-scope.ts";

/** For whom a request may speak: what a token says, or everything for a direct request on this machine. */
export interface Grant {
  /** `token:<name>` or `local`. */
  readonly by: string;
  readonly scopes: readonly TokenScope[];
  /** Empty: any. */
  readonly sources: readonly string[];
  /** Empty: any. */
  readonly systems: readonly string[];
}

export const localGrant: Grant = { by: "local", scopes: ["ingest", "read", "metrics"], sources: [], systems: [] };
