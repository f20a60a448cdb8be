import { createHash } from "node:crypto";

/** What declarations are told apart by. */
export const contentHash = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);
