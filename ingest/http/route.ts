import type { IncomingMessage } from "node:http";
import type { Grant } from "#ingest/http/grant.ts";
import type { HttpAnswer } from "#ingest/source.ts";
import type { TokenScope } from "#lib/access/token-scope.ts";

/** A request that may go on: who asks, and the address asked for. */
export interface RouteCall {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  readonly grant: Grant | null;
}

export interface Route {
  readonly methods: readonly string[];
  readonly path: string;
  /** Who may call it: holders of a scope, or `anyone`. */
  readonly access: TokenScope | "anyone";
  /** Null: the client went away, nothing is to be answered. */
  answer(call: RouteCall): Promise<HttpAnswer | null>;
}
