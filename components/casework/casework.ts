import type { ClosingActions } from "#components/casework/closing-provider.tsx";
import type { NoteActions } from "#components/casework/note-list.tsx";

export interface NoteAnswer {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly by: string;
  readonly text: string;
  readonly isOwn: boolean;
}

/** What people do about a record on its page, and what this person may do. */
export interface Casework {
  /** As closings and notes of this person are signed. */
  readonly viewer: string;
  readonly mayClose: boolean;
  readonly mayWrite: boolean;
  readonly notes: readonly NoteAnswer[];
  /** The form stands open in the address. */
  readonly isClosing: boolean;
  readonly closing: ClosingActions;
  readonly noting: NoteActions;
}
