import { errors } from "@elastic/elasticsearch";
import { StorageError } from "#lib/storage/storage-error.ts";

/** One operation that the cluster refused, as `_bulk` and single calls alike tell it. */
export interface Refusal {
  readonly status: number;
  /** Elasticsearch's own word: `version_conflict_engine_exception`, `cluster_block_exception`, … */
  readonly type: string;
  readonly reason: string;
}

/** Worth trying again as it is: the cluster is busy, electing, or a shard is moving. */
export const isRetryable = ({ status, type }: Pick<Refusal, "status" | "type">): boolean =>
  status === 429 || status === 502 || status === 503 || status === 504 || type === "cluster_block_exception";

/** A cluster that takes no writes because its disks are full says so by a block. */
export const isFull = ({ type, reason }: Pick<Refusal, "type" | "reason">): boolean =>
  type === "cluster_block_exception" && /read-only|flood|disk usage/u.test(reason);

const hopelessTypes = new Set([
  "document_parsing_exception",
  "mapper_parsing_exception",
  "illegal_argument_exception",
  "content_too_large",
]);

/** It is the document: it can never be written as it is, whatever becomes of the cluster, its indices and its rights. */
export const isHopeless = ({ type }: Pick<Refusal, "type">): boolean => hopelessTypes.has(type);

/** What the client throws, as the ports' one error. Credentials stand in no message of the client's. */
export function toStorageError(error: unknown, doing: string): StorageError {
  if (error instanceof StorageError) return error;
  if (error instanceof errors.ResponseError) {
    const refusal = refusalOf(error);
    const said = `${doing}: ${refusal.type}, ${refusal.reason}`;
    if (isFull(refusal)) return new StorageError("full", said, error);
    if (isRetryable(refusal)) return new StorageError("unavailable", said, error);
    if (refusal.status === 401 || refusal.status === 403)
      return new StorageError(
        "unavailable",
        `${doing}: the cluster refuses these credentials (${refusal.reason})`,
        error,
      );
    if (refusal.status === 409) return new StorageError("conflict", said, error);
    return new StorageError("damaged", said, error);
  }
  return new StorageError("unavailable", `${doing}: ${error instanceof Error ? error.message : String(error)}`, error);
}

export function refusalOf(error: errors.ResponseError): Refusal {
  const body: unknown = error.body;
  const cause = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
  return {
    status: error.statusCode ?? 0,
    type: typeof cause["type"] === "string" ? cause["type"] : "unknown",
    reason: typeof cause["reason"] === "string" ? cause["reason"] : error.message,
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
