export type StorageErrorCode =
  /** The disk or the cluster takes nothing more; nothing of the call was stored. */
  | "full"
  /** Away for now. */
  | "unavailable"
  /** What answers is none that this Hopline can work with: another version, or without the rights it needs. */
  | "unfit"
  /** Another process holds the writer's lock. */
  | "locked"
  /** Files are damaged, or were written by a newer Hopline. */
  | "damaged"
  | "newer_version"
  | "conflict"
  | "invalid_cursor";

/** Everything a store can fail with. `retryable`: the same call may succeed later. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;
  readonly retryable: boolean;
  /** All that Next.js tells a browser of what failed on the server: `store_unavailable`. */
  readonly digest: string;

  /** The console's pages are bundled with a copy of this class: `instanceof` must know errors of the other copy too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "StorageError" && "code" in value && "retryable" in value;
  }

  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.digest = `store_${code}`;
    this.retryable = code === "full" || code === "unavailable" || code === "locked";
  }
}
