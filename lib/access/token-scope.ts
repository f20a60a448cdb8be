/** What a token may do: send events, read records as its role does, read `/metrics`. */
export const tokenScopes = ["ingest", "read", "metrics"] as const;
export type TokenScope = (typeof tokenScopes)[number];
