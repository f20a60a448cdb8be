import type { JourneyId } from "#lib/storage/journey-index.ts";

export interface Note extends JourneyId {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** Id of the account that wrote it, and its name as it was then. */
  readonly author: string;
  readonly by: string;
  /** As written; never markup. */
  readonly text: string;
}

/** What people wrote on journeys. Each change is audited in its own transaction, without the text. */
export interface Notes {
  /** Oldest first; deleted ones are left out. */
  list(journey: JourneyId): Promise<readonly Note[]>;
  add(note: Omit<Note, "id">): Promise<Note>;
  /** Only by its author. The text is kept for a day, so that `restore` can bring it back. False where there is no such note of theirs. */
  delete(id: string, author: string, at: number): Promise<boolean>;
  /** Undoes a deletion; false where there is nothing of theirs to bring back. */
  restore(id: string, author: string, at: number): Promise<boolean>;
  /** Journeys with notes that were written before `before`, epoch ms, deleted ones among them; by flow and primary, after `after`. */
  listJourneys(before: number, after: JourneyId | null, limit: number): Promise<readonly JourneyId[]>;
  /** Takes away the notes of these journeys that were written before `before`; answers how many. For journeys that retention let go: not audited. */
  forget(journeys: readonly JourneyId[], before: number): Promise<number>;
}
