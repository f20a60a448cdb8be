import { afterEach, beforeEach } from "vitest";
import type { ControlStorage } from "#lib/storage/storage.ts";

export type ControlMode = "worker" | "console" | "command";

/** One empty control store, and as many openings of it as a test wants. `now` is what the store takes the time to be. */
export interface ControlBed {
  now: number;
  open(mode: ControlMode): Promise<ControlStorage>;
  /** Its process dies: nothing it does reaches the store any more, and it is never closed. */
  kill(storage: ControlStorage): Promise<void>;
  /** Every opening finds what any of them has written. */
  seen(): Promise<void>;
  /** Changes what is kept of an audit entry behind the port's back; what is left out is removed with its row. */
  tamper(entry: { readonly process: string; readonly sequence: number }, object: string | null): Promise<void>;
  remove(): Promise<void>;
}

export interface ControlAdapter {
  readonly name: string;
  /**
   * Whose chain of audit entries is one. `mode`: processes of one name go on with one another's, since they are on one machine and write
   * one file. `opening`: each has its own, so that none waits for another across a cluster.
   */
  readonly chains: "mode" | "opening";
  start(): Promise<ControlBed>;
}

/** A fresh bed for every test of a suite; what a test opened is closed after it. */
export const useControlBed = (
  adapter: ControlAdapter,
): { readonly bed: ControlBed; open: ControlBed["open"]; kill: ControlBed["kill"] } => {
  let bed: ControlBed | null = null;
  let opened: ControlStorage[] = [];
  beforeEach(async () => {
    bed = await adapter.start();
  });
  afterEach(async () => {
    await Promise.all(opened.map(async (storage) => storage.close()));
    opened = [];
    await bed?.remove();
  });
  const current = (): ControlBed => {
    if (bed === null) throw new Error("The bed is made before each test.");
    return bed;
  };
  return {
    get bed() {
      return current();
    },
    async open(mode) {
      const storage = await current().open(mode);
      opened.push(storage);
      return storage;
    },
    async kill(storage) {
      opened = opened.filter((each) => each !== storage);
      await current().kill(storage);
    },
  };
};
