import type { OpenRequest } from "#lib/storage/elasticsearch/control/request-state.ts";

/** A worker that has not said for so long that it lives is dead. */
const deadAfterMs = 10_000;
/** Somebody who did not look for so long can't say that nothing was said meanwhile. */
const lookedAwayMs = 3_000;

interface Seen {
  readonly taker: string;
  readonly beat: number;
  readonly since: number;
}

/**
 * Tells the dead from the living by how long their last sign of life stays the same, on the clock of whoever looks: clocks of several
 * machines need not agree.
 */
export function watchTakers(): (open: readonly OpenRequest[], elapsed: number) => ReadonlySet<string> {
  const seen = new Map<string, Seen>();
  let lookedAt = -Infinity;
  return (open, elapsed) => {
    if (elapsed - lookedAt > lookedAwayMs) seen.clear();
    lookedAt = elapsed;
    for (const id of seen.keys()) if (!open.some((each) => each.id === id)) seen.delete(id);
    const dead = new Set<string>();
    for (const { id, taker, beat } of open) {
      if (taker === null) continue;
      const last = seen.get(id);
      if (last?.taker !== taker || last.beat !== beat) seen.set(id, { taker, beat, since: elapsed });
      else if (elapsed - last.since >= deadAfterMs) dead.add(id);
    }
    return dead;
  };
}
