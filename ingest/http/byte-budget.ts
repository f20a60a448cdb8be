/** Bytes of request bodies that the worker holds at once, read or being read: what keeps memory bounded under overload. */
export interface ByteBudget {
  readonly usedBytes: number;
  /** False where it would go over the limit; then nothing was taken. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function createByteBudget(limitBytes: number): ByteBudget {
  let used = 0;
  return {
    get usedBytes() {
      return used;
    },
    take(bytes) {
      if (used + bytes > limitBytes) return false;
      used += bytes;
      return true;
    },
    give(bytes) {
      used -= bytes;
    },
  };
}
