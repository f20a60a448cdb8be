import { afterEach, beforeEach } from "vitest";
import type { EventStorage } from "#lib/storage/storage.ts";

/** One empty event store, and as many openings of it as a test wants. */
export interface EventBed {
  /** The writer may be opened anew after it was closed; readers at any time. */
  open(mode: "writer" | "reader"): Promise<EventStorage>;
  remove(): Promise<void>;
}

export interface EventAdapter {
  readonly name: string;
  /** Why what was forgotten still counts in `sizeBytes` for a while. */
  readonly givesSpaceBackLate?: string;
  /** Only one process at a time can write. */
  readonly hasOneWriter?: boolean;
  start(): Promise<EventBed>;
}

/** What another process has written may take so long to be seen. */
export const visibleWithin = { timeout: 5_000, interval: 20 };

export interface EventKit {
  open(mode: "writer" | "reader"): Promise<EventStorage>;
  /** Closes a storage that was opened here and opens a new one. */
  reopen(storage: EventStorage): Promise<EventStorage>;
}

/** A fresh bed for every test of a suite; what a test opened is closed after it. */
export const useEventBed = (adapter: EventAdapter): EventKit => {
  let bed: EventBed | null = null;
  let opened: EventStorage[] = [];
  beforeEach(async () => {
    bed = await adapter.start();
  });
  afterEach(async () => {
    await Promise.all(opened.map(async (storage) => storage.close()));
    opened = [];
    await bed?.remove();
  });
  const open = async (mode: "writer" | "reader"): Promise<EventStorage> => {
    if (bed === null) throw new Error("The bed is made before each test");
    const storage = await bed.open(mode);
    opened.push(storage);
    return storage;
  };
  return {
    open,
    async reopen(storage) {
      opened = opened.filter((one) => one !== storage);
      await storage.close();
      return open("writer");
    },
  };
};
