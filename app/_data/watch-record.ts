import "server-only";
import { createHash } from "node:crypto";
import type { RecordQuestion } from "#lib/read/look-up.ts";
import { resolveSignature, rowSignature, type RecordSignature } from "#lib/read/record-signature.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";
import { shareWatch, type WatchListener } from "#app/_data/share-watch.ts";

/** Every so many looks the key is resolved anew, and not only the rows it led to. */
const thoroughEvery = 5;

/** Tells when the record would be answered differently, within a second of the store knowing. Returns how to stop. */
export function watchRecord(viewer: Viewer, question: RecordQuestion, listener: WatchListener): () => void {
  readScope(viewer, "records.read");
  const id = JSON.stringify(["record", viewer.role, question.type, question.value]);
  return shareWatch(id, () => lookAt(viewer, question), listener);
}

function lookAt(viewer: Viewer, question: RecordQuestion): () => Promise<string> {
  let resolved: RecordSignature | null = null;
  let rows = "";
  let looks = 0;
  let state = "";
  return async () => {
    const { stores, context } = readScope(viewer, "records.read");
    const seen = await rowSignature(stores, resolved?.journeys ?? []);
    const isDue = resolved === null || resolved.journeys.length === 0 || looks % thoroughEvery === 0;
    looks += 1;
    if (!isDue && seen === rows) return state;
    resolved = await resolveSignature(stores, question, context);
    rows = await rowSignature(stores, resolved.journeys);
    state = createHash("sha256").update(`${resolved.thorough}\n${rows}`).digest("base64url").slice(0, 22);
    return state;
  };
}
