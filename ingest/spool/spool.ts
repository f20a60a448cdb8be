import {
  appendFileSync,
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { join } from "node:path";
import { readLines, type ReadLines, type SpoolRecord, toLine } from "#ingest/spool/spool-record.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

export interface SpoolFigures {
  readonly records: number;
  readonly bytes: number;
  readonly limitBytes: number;
  /** The last append found no room. */
  readonly isFull: boolean;
}

/** Records on this machine's own disk in order of arrival, in files that are let go whole. For one process at a time. */
export interface Spool {
  readonly figures: SpoolFigures;
  readonly isEmpty: boolean;
  /** On disk when it returns, surviving kill -9 and power loss; throws StorageError `full` and keeps none of them where there is no room. */
  append(records: readonly SpoolRecord[]): void;
  /** Those of the oldest file; again the same until `drop`. Null where there is none. */
  oldest(): ReadLines | null;
  /** Lets the oldest file go: everything in it is elsewhere now. */
  drop(): void;
  close(): void;
}

interface Segment {
  readonly path: string;
  bytes: number;
  records: number;
}

interface SpoolOptions {
  /** Holds nothing else; made where it is missing. */
  readonly directory: string;
  readonly limitBytes: number;
  /** A file that has grown so large takes no more. */
  readonly segmentBytes?: number;
}

const ending = ".spool";

export function openSpool({ directory, limitBytes, segmentBytes = 2 ** 20 }: SpoolOptions): Spool {
  mkdirSync(directory, { recursive: true });
  const segments = readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => look(join(directory, name)));
  let next = 1 + Number(segments.at(-1)?.path.slice(-ending.length - 12, -ending.length) ?? 0);
  let isFull = false;
  let open: { readonly segment: Segment; readonly file: number } | null = null;

  const total = (of: "bytes" | "records"): number => segments.reduce((sum, segment) => sum + segment[of], 0);
  const closeOpen = (): void => {
    if (open !== null) closeSync(open.file);
    open = null;
  };
  const openNext = (): { readonly segment: Segment; readonly file: number } => {
    const path = join(directory, `${String(next).padStart(12, "0")}${ending}`);
    const file = openSync(path, "ax");
    next += 1;
    // A file whose name is not on disk is not there after a power cut, whatever was written into it.
    syncDirectory(directory);
    const segment = { path, bytes: 0, records: 0 };
    segments.push(segment);
    return { segment, file };
  };

  return {
    get figures() {
      return { records: total("records"), bytes: total("bytes"), limitBytes, isFull };
    },
    get isEmpty() {
      return segments.length === 0;
    },
    append(records) {
      const bytes = Buffer.from(records.map(toLine).join(""));
      isFull = total("bytes") + bytes.length > limitBytes;
      if (isFull) throw new StorageError("full", "The store is away and the spool is full (HOPLINE_SPOOL_LIMIT).");
      if (open !== null && open.segment.bytes >= segmentBytes) closeOpen();
      try {
        open ??= openNext();
        appendFileSync(open.file, bytes);
        fdatasyncSync(open.file);
        open.segment.bytes += bytes.length;
        open.segment.records += records.length;
      } catch (error) {
        isFull = true;
        if (open !== null) takeBack(open.file, open.segment.bytes);
        closeOpen();
        const why = error instanceof Error ? error.message : String(error);
        throw new StorageError("full", `The store is away and the spool can't be written: ${why}.`, error);
      }
    },
    oldest() {
      const [first] = segments;
      if (first === undefined) return null;
      if (open?.segment === first) closeOpen();
      return readLines(readFileSync(first.path, "utf8"));
    },
    drop() {
      const first = segments.shift();
      if (first === undefined) return;
      isFull = false;
      if (open?.segment === first) closeOpen();
      unlinkSync(first.path);
    },
    close: closeOpen,
  };
}

function look(path: string): Segment {
  return { path, bytes: statSync(path).size, records: readLines(readFileSync(path, "utf8")).records.length };
}

/** What half an append has left would be taken for records that somebody was told of. */
function takeBack(file: number, bytes: number): void {
  try {
    ftruncateSync(file, bytes);
  } catch {
    // Whole lines among it count once all the same when they are sent again.
  }
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
