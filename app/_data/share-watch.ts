import "server-only";
import { ReadError } from "#lib/api/problem.ts";

const everyMs = 1_000;
const maxWatches = 200;

/** Called with what is watched as it looks now, as a short text: at first, and whenever it has become another. */
export type WatchListener = (state: string) => void;

interface Watch {
  readonly listeners: Set<WatchListener>;
  /** null until the first look. */
  state(): string | null;
  stop(): void;
}

/** What this process watches: everybody who watches the same thing shares one poll. */
const watches = new Map<string, Watch>();
let listening = 0;

/** Listens to the watch of this id; the first listener begins it: `begin` answers how to look. Returns how to stop. */
export function shareWatch(id: string, begin: () => () => Promise<string>, listener: WatchListener): () => void {
  if (listening >= maxWatches) throw new ReadError("unavailable", "Too many pages are being watched. Try again later.");
  const watch = watches.get(id) ?? startWatch(begin(), () => watches.delete(id));
  watches.set(id, watch);
  watch.listeners.add(listener);
  listening += 1;
  const state = watch.state();
  if (state !== null) listener(state);
  return () => {
    if (!watch.listeners.delete(listener)) return;
    listening -= 1;
    if (watch.listeners.size === 0) watch.stop();
  };
}

function startWatch(look: () => Promise<string>, forget: () => void): Watch {
  const listeners = new Set<WatchListener>();
  let state: string | null = null;
  let stopped = false;
  const run = async (): Promise<void> => {
    // A store that does not answer now is asked again with the next look.
    const found = await look().catch(() => state);
    if (stopped) return;
    if (found !== null && found !== state) {
      state = found;
      for (const listener of listeners) listener(found);
    }
    timer = setTimeout(() => void run(), everyMs);
  };
  let timer = setTimeout(() => void run(), 0);
  return {
    listeners,
    state: () => state,
    stop() {
      stopped = true;
      clearTimeout(timer);
      forget();
    },
  };
}
