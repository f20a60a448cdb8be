import "server-only";
import { createHash } from "node:crypto";
import { ReadError } from "#lib/api/problem.ts";
import type { RecordQuestion } from "#lib/read/look-up.ts";
import { resolveSignature, rowSignature, type RecordSignature } from "#lib/read/record-signature.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

const everyMs = 1_000;
/** Every so many looks the key is resolved anew, and not only the rows it led to. */
const thoroughEvery = 5;
const maxWatches = 200;

/** Called with what the record looks like now, as a short text: at first, and whenever it has become another. */
type Listener = (state: string) => void;

interface Watch {
  readonly listeners: Set<Listener>;
  /** null until the first look. */
  state(): string | null;
  stop(): void;
}

/** Watched records of this process: everybody who watches the same record shares one poll. */
const watches = new Map<string, Watch>();
let listening = 0;

/** Tells when the record would be answered differently, within a second of the store knowing. Returns how to stop. */
export function watchRecord(viewer: Viewer, question: RecordQuestion, listener: Listener): () => void {
  readScope(viewer, "records.read");
  if (listening >= maxWatches)
    throw new ReadError("unavailable", "Too many records are being watched. Try again later.");
  const id = JSON.stringify([viewer.role, question.type, question.value]);
  const watch = watches.get(id) ?? startWatch(viewer, question, () => watches.delete(id));
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

function startWatch(viewer: Viewer, question: RecordQuestion, forget: () => void): Watch {
  const listeners = new Set<Listener>();
  let resolved: RecordSignature | null = null;
  let rows = "";
  let looks = 0;
  let state: string | null = null;
  let stopped = false;

  const look = async (): Promise<string> => {
    const { stores, context } = readScope(viewer, "records.read");
    const seen = await rowSignature(stores, resolved?.journeys ?? []);
    const isDue = resolved === null || resolved.journeys.length === 0 || looks % thoroughEvery === 0;
    looks += 1;
    if (!isDue && seen === rows) return state ?? "";
    resolved = await resolveSignature(stores, question, context);
    rows = await rowSignature(stores, resolved.journeys);
    return createHash("sha256").update(`${resolved.thorough}\n${rows}`).digest("base64url").slice(0, 22);
  };
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
