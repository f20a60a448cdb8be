import type { JourneyId } from "#lib/storage/journey-index.ts";

/** A journey that a person closed by hand: it stays as it is, and nobody has to act on it any more. */
export interface Closing extends JourneyId {
  /** Epoch ms. */
  readonly at: number;
  /** Name of a person or token. */
  readonly by: string;
  readonly reason: string;
}

/**
 * Closings by hand, and their undoing; each change is audited in its own transaction. They stand beside the journeys, not in them: a person
 * may close one while the worker is down, and events that come later change the journey without touching its closing.
 */
export interface Closings {
  /** Grows with every change: what was listed at one revision holds until the next. */
  revision(): Promise<number>;
  /** All of them; as many as people made by hand. */
  list(): Promise<readonly Closing[]>;
  find(journey: JourneyId): Promise<Closing | null>;
  /** False where it is closed already: the first closing stands. */
  close(closing: Closing): Promise<boolean>;
  /** False where it is not closed. */
  reopen(journey: JourneyId, at: number, by: string): Promise<boolean>;
  /** Takes away the closings of these journeys that were made before `before`, epoch ms; answers how many. For journeys that retention let go: not audited. */
  forget(journeys: readonly JourneyId[], before: number): Promise<number>;
}
