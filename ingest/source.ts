import type { IncomingHttpHeaders } from "node:http";
import type { TokenScope } from "#lib/access/token-scope.ts";
import type { RejectReason, Rejection } from "#lib/event/reject-reason.ts";

/** Which of a source's wire formats a body is in, and what of the request's head belongs to the data. Travels between threads. */
export interface WireForm {
  readonly source: string;
  readonly format: string;
  /** Headers that carry data (CloudEvents binary mode), names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One event as it was sent: a JSON value, or why there is none. `text` is what a dead letter keeps; made only when asked for. */
export type WireItem =
  | { readonly value: unknown; readonly text: () => string }
  | { readonly reason: RejectReason; readonly path: string; readonly text: () => string };

/** Everything a body holds, in order, to be gone through once: where the format allows, each is read when its turn comes; `too_many` where it holds more events than one request may. */
export type Wire = Iterable<WireItem> | "too_many";

/** What became of one request's events: durable when told. */
export interface BatchResult {
  readonly accepted: number;
  readonly duplicates: number;
  /** In order of index. */
  readonly rejected: readonly Rejection[];
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Who may post, and how a request on this path is read and answered. */
export interface SourceRoute {
  readonly method: "POST";
  readonly path: string;
  readonly scope: TokenScope;
  /** The wire format the request's head names; null where this source does not speak it (415). */
  formOf(headers: IncomingHttpHeaders): WireForm | null;
  toAnswer(result: BatchResult): HttpAnswer;
}

/**
 * Something that takes data in over HTTP. `routes` are used where the sockets are, `decode` in the collector's thread; both are pure,
 * neither touches storage: what `decode` returns goes through the one door.
 */
export interface Source {
  readonly name: string;
  readonly routes: readonly SourceRoute[];
  decode(body: Uint8Array, form: WireForm): Wire;
}
