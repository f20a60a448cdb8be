import type { EventPlace } from "#lib/storage/elasticsearch/event-place.ts";

interface Doubt {
  readonly index: string;
  /** Under which it may have been written. */
  readonly sequences: readonly number[];
  /** The last place before the call that failed. */
  readonly before: EventPlace;
  /** Epoch ms. */
  readonly since: number;
}

/** An event that was sent to the cluster by a call that failed: written or not, nobody knows. */
interface Doubtful extends Pick<Doubt, "index" | "before"> {
  readonly id: string;
  readonly sequence: number;
}

/** What this process sent and heard no answer of. What is in here was handed over to nobody. */
export class Doubts {
  readonly #byId = new Map<string, Doubt>();

  get size(): number {
    return this.#byId.size;
  }

  add({ id, index, sequence, before }: Doubtful, now: number): void {
    const known = this.#byId.get(id);
    this.#byId.set(id, {
      index,
      sequences: [...(known?.sequences ?? []), sequence],
      before: known?.before ?? before,
      since: now,
    });
  }

  /** What is still in doubt of these could be written until now. */
  renew(sent: readonly { readonly id: string }[], now: number): void {
    for (const { id } of sent) {
      const known = this.#byId.get(id);
      if (known !== undefined) this.#byId.set(id, { ...known, since: now });
    }
  }

  indexOf(id: string): string | undefined {
    return this.#byId.get(id)?.index;
  }

  /** Whether a document of this writer is one that was never answered, and not one that it took in before. */
  covers(id: string, sequence: number): boolean {
    return this.#byId.get(id)?.sequences.includes(sequence) ?? false;
  }

  settle(id: string): void {
    this.#byId.delete(id);
  }

  /** By index, with the moment of the last try. */
  list(): ReadonlyMap<string, readonly { readonly id: string; readonly since: number }[]> {
    return Map.groupBy(
      [...this.#byId].map(([id, { index, since }]) => ({ id, index, since })),
      ({ index }) => index,
    );
  }

  /** Up to here nothing is in doubt; null where nothing is at all. */
  before(): EventPlace | null {
    let earliest: EventPlace | null = null;
    for (const { before } of this.#byId.values())
      if (earliest === null || before.sequence < earliest.sequence) earliest = before;
    return earliest;
  }
}
