import { type Client, errors, type estypes } from "@elastic/elasticsearch";
import { isFull, isRetryable, type Refusal } from "#lib/storage/elasticsearch/cluster-error.ts";
import type { Cluster, Revision } from "#lib/storage/elasticsearch/cluster.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** `create` only where there is none; with a revision, only over that one. */
export type WriteOperation =
  | {
      readonly kind: "index" | "create";
      readonly index: string;
      readonly id: string;
      readonly source: object;
      readonly revision?: Revision;
    }
  | { readonly kind: "delete"; readonly index: string; readonly id: string; readonly revision?: Revision };

export type WriteOutcome =
  | { readonly status: "done"; readonly revision: Revision }
  /** There is one already, or another revision of it. */
  | { readonly status: "conflict" }
  /** There was none to delete. */
  | { readonly status: "missing" }
  /** It can never succeed as it is. */
  | { readonly status: "refused"; readonly refusal: Refusal };

/** Operations and bytes of one request: more hold a node's memory for long. */
const operationsPerRequest = 2_000;
const bytesPerRequest = 8 * 1024 * 1024;
const attempts = 5;
const firstPauseMs = 50;

/** Writes by `_bulk`; operations that the cluster has no room for now are sent again, some times, with longer and longer pauses. */
export const createWriter =
  (call: Cluster["call"]) =>
  async (operations: readonly WriteOperation[]): Promise<readonly WriteOutcome[]> => {
    const outcomes: WriteOutcome[] = [];
    for (const part of cutParts(operations)) outcomes.push(...(await writePart(call, part)));
    return outcomes;
  };

interface Line {
  readonly operation: WriteOperation;
  readonly text: string;
}

async function writePart(call: Cluster["call"], part: readonly Line[]): Promise<readonly WriteOutcome[]> {
  const outcomes = new Map<Line, WriteOutcome>();
  let waiting = part;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sendOrRefuse(call, waiting);
    if (answer === "too_large") {
      for (const [at, outcome] of (await writeApart(call, waiting)).entries()) {
        const line = waiting[at];
        if (line !== undefined) outcomes.set(line, outcome);
      }
      return part.map((line) => outcomes.get(line) ?? { status: "conflict" });
    }
    const again: { readonly line: Line; readonly refusal: Refusal }[] = [];
    for (const [place, line] of waiting.entries()) {
      const result = toOutcome(answer.items[place]);
      if (result.status === "refused" && isRetryable(result.refusal)) again.push({ line, refusal: result.refusal });
      else outcomes.set(line, result);
    }
    const [first] = again;
    if (first === undefined) return part.map((line) => outcomes.get(line) ?? { status: "conflict" });
    if (attempt === attempts || isFull(first.refusal)) {
      const { type, reason } = first.refusal;
      throw new StorageError(isFull(first.refusal) ? "full" : "unavailable", `write: ${type}, ${reason}`);
    }
    waiting = again.map(({ line }) => line);
    await pause(firstPauseMs * 2 ** attempt * (0.5 + Math.random()));
  }
}

/** What is read of an answer; the rest would be three quarters of it. */
const answered = ["status", "error.type", "error.reason", "_seq_no", "_primary_term"].map((name) => `items.*.${name}`);

/** A request may be too large for a cluster or for what stands before it where each half is not; one operation alone can never succeed. */
async function writeApart(call: Cluster["call"], part: readonly Line[]): Promise<readonly WriteOutcome[]> {
  if (part.length === 1) return [{ status: "refused", refusal: tooLarge }];
  const half = Math.ceil(part.length / 2);
  return [...(await writePart(call, part.slice(0, half))), ...(await writePart(call, part.slice(half)))];
}

const tooLarge: Refusal = { status: 413, type: "content_too_large", reason: "larger than the cluster takes" };

async function sendOrRefuse(
  call: Cluster["call"],
  lines: readonly Line[],
): Promise<estypes.BulkResponse | "too_large"> {
  return await call("write", async (client) => {
    try {
      return await send(client, lines);
    } catch (error) {
      if (error instanceof errors.ResponseError && error.statusCode === 413) return "too_large";
      throw error;
    }
  });
}

const send = async (client: Client, lines: readonly Line[]): Promise<estypes.BulkResponse> =>
  client.bulk({ operations: lines.map(({ text }) => text), filter_path: answered });

function* cutParts(operations: readonly WriteOperation[]): Iterable<readonly Line[]> {
  let part: Line[] = [];
  let bytes = 0;
  for (const operation of operations) {
    const text = toText(operation);
    if (part.length >= operationsPerRequest || (part.length > 0 && bytes + text.length > bytesPerRequest)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push({ operation, text });
    bytes += text.length;
  }
  if (part.length > 0) yield part;
}

function toText(operation: WriteOperation): string {
  const { kind, index, id, revision } = operation;
  const over = revision === undefined ? {} : { if_seq_no: revision.seqNo, if_primary_term: revision.primaryTerm };
  const head = JSON.stringify({ [kind]: { _index: index, _id: id, ...over } });
  return operation.kind === "delete" ? head : `${head}\n${JSON.stringify(operation.source)}`;
}

function toOutcome(item: Partial<Record<string, estypes.BulkResponseItem>> | undefined): WriteOutcome {
  const result = item?.["index"] ?? item?.["create"] ?? item?.["delete"];
  if (result === undefined) throw new StorageError("unavailable", "write: the answer leaves an operation out");
  if (result.status === 409) return { status: "conflict" };
  if (result.status === 404 && result.error === undefined) return { status: "missing" };
  if (result.status < 300)
    return { status: "done", revision: { seqNo: result._seq_no ?? -1, primaryTerm: result._primary_term ?? -1 } };
  const { type, reason } = result.error ?? { type: "unknown", reason: "" };
  return { status: "refused", refusal: { status: result.status, type, reason: reason ?? "" } };
}

const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs));
