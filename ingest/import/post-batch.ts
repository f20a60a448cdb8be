import { setTimeout as pause } from "node:timers/promises";
import type { BatchAnswer } from "#ingest/import/import-log.ts";

const attempts = 60;

/** Sends one NDJSON batch to the worker as backfill and waits while it says "later" (429, 503). Throws with its sentence on any other refusal. */
export const postBatch = async (url: string, token: string, ndjson: string): Promise<BatchAnswer> => {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${url}/v1/hops?backfill=true`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${token}` },
      body: ndjson,
    });
    const text = await response.text();
    const isLater = response.status === 429 || response.status === 503;
    if (isLater && attempt < attempts) {
      await pause(Math.max(1, Number(response.headers.get("retry-after") ?? 1)) * 1_000);
      continue;
    }
    const answer = readAnswer(text);
    if (answer === null) throw new Error(`the worker answered ${response.status}: ${text.slice(0, 500)}`);
    return answer;
  }
};

/** 202, and 400 where nothing was acceptable, carry the counts; everything else is a problem document. */
const readAnswer = (text: string): BatchAnswer | null => {
  try {
    const body: unknown = JSON.parse(text);
    return isBatchAnswer(body) ? body : null;
  } catch {
    return null;
  }
};

const isBatchAnswer = (body: unknown): body is BatchAnswer =>
  typeof body === "object" &&
  body !== null &&
  "accepted" in body &&
  "duplicates" in body &&
  "rejected" in body &&
  Array.isArray(body.rejected);
