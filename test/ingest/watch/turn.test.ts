import { pino } from "pino";
import { describe, expect, it, vi } from "vitest";
import { takeTurns } from "#ingest/watch/turn.ts";
import type { Leases } from "#lib/storage/leases.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

const log = pino({ enabled: false });

/** Leases whose store can be away, and a worker that asks for one; its clock stands still unless moved. */
const start = async (first: { readonly isAway: boolean; readonly other: boolean }) => {
  const state = { ...first, elapsed: 1_000, asked: 0, released: 0 };
  const leases: Leases = {
    async hold(name, holder) {
      state.asked += 1;
      if (state.isAway) throw new StorageError("unavailable", "away");
      return state.other ? null : { name, holder, fence: 3 };
    },
    async release() {
      state.released += 1;
    },
  };
  const turn = await takeTurns({ leases, name: "watch", holder: "one", log, elapsed: () => state.elapsed });
  return { state, turn };
};

describe("a worker's turn", () => {
  it("is known as soon as it was asked for, and let go of at the end", async () => {
    const { state, turn } = await start({ isAway: false, other: false });
    expect(turn.isMine()).toBe(true);
    await turn.stop();
    expect(state.released).toBe(1);
    expect(turn.isMine()).toBe(false);
  });

  it("is not its own while another has it, and then there is nothing to let go of", async () => {
    const { state, turn } = await start({ isAway: false, other: true });
    expect(turn.isMine()).toBe(false);
    await turn.stop();
    expect(state.released).toBe(0);
  });

  it("is believed in for four seconds after it was had at last: less than others wait", async () => {
    const { state, turn } = await start({ isAway: false, other: false });
    state.isAway = true;
    state.elapsed += 3_999;
    expect(turn.isMine()).toBe(true);
    state.elapsed += 1;
    expect(turn.isMine()).toBe(false);
    await turn.stop();
  });

  it("is asked for again where the store did not answer", async () => {
    const { state, turn } = await start({ isAway: true, other: false });
    expect(turn.isMine()).toBe(false);
    state.isAway = false;
    await vi.waitFor(() => expect(turn.isMine()).toBe(true), { timeout: 5_000 });
    expect(state.asked).toBeGreaterThan(1);
    await turn.stop();
  });
});
