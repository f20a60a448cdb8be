/** Bytes of request bodies that the worker holds at once, read or being read: what keeps memory bounded under overload. */
export interface ByteBudget {
  readonly usedBytes: number;
  /** For one body. */
  open(): Holding;
}

/** What one body takes of the budget. */
export interface Holding {
  readonly bytes: number;
  /** False where it would go over the limit; then nothing was taken. */
  take(bytes: number): boolean;
  /** Gives everything back. */
  release(): void;
}

/** `limitBytes` for a crowd; as few bodies as `fewBodies` are held whatever their size, so that the largest one allowed is not refused by a few others. */
export function createByteBudget({
  limitBytes,
  fewBodies,
}: {
  readonly limitBytes: number;
  readonly fewBodies: number;
}): ByteBudget {
  let used = 0;
  let bodies = 0;
  return {
    get usedBytes() {
      return used;
    },
    open() {
      let own = 0;
      let isHeld = false;
      return {
        get bytes() {
          return own;
        },
        take(bytes) {
          if (used + bytes > limitBytes && bodies + (isHeld ? 0 : 1) > fewBodies) return false;
          if (!isHeld) bodies += 1;
          isHeld = true;
          own += bytes;
          used += bytes;
          return true;
        },
        release() {
          if (isHeld) bodies -= 1;
          isHeld = false;
          used -= own;
          own = 0;
        },
      };
    },
  };
}
