import type { Leases } from "#lib/storage/leases.ts";

/** Only the worker asks, and there is one: the writer's lock on `events/` is its lease, let go of by the operating system however it ends. */
export const sqliteLeases = (): Leases => ({
  hold: async (name, holder) => ({ name, holder, fence: 1 }),
  release: async () => undefined,
});
