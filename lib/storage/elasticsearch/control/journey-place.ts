import { createHash } from "node:crypto";
import type { JourneyId } from "#lib/storage/journey-index.ts";

/** Stands for a journey in ids of documents: a key may be longer than an id can be, and stays in none when it is forgotten. */
export const journeyPlace = ({ flow, primary }: JourneyId): string =>
  createHash("sha256")
    .update(JSON.stringify([flow, primary]))
    .digest("base64url");
