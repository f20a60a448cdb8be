import type { Role } from "#lib/access/role.ts";
import type { MaskCounts } from "#lib/privacy/mask-count.ts";
import type { MaskingException } from "#lib/privacy/masking-exceptions.ts";

/** Times in epoch milliseconds. */
export interface DataSettings {
  /** null: no worker has counted yet. */
  readonly masks: MaskCounts | null;
  readonly exceptions: readonly MaskingException[];
  readonly mayChange: boolean;
  readonly privacyFile: string;
  readonly retention: {
    readonly days: number;
    readonly oldestAt: number | null;
    readonly usedBytes: number;
    readonly limitBytes: number | null;
  };
  readonly flows: readonly {
    readonly flow: string;
    readonly name: string;
    /** null: every role. */
    readonly visibleTo: readonly Role[] | null;
    /** null: this console. */
    readonly file: string | null;
  }[];
  /** Flows that are not for whoever asks. */
  readonly hidden: number;
}

export interface MaskingActions {
  readonly exceptField: (input: { field: string }) => Promise<{ readonly result: "done" | "gone" }>;
  readonly maskFieldAgain: (input: { field: string }) => Promise<{ readonly result: "done" | "gone" }>;
}
