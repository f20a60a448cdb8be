import type { IncomingMessage } from "node:http";

const largestBytes = 64 * 1_024;

/** Why a body sent to next-auth, which reads it whole, is refused before; null where it may be read. */
export const authBodyProblem = ({ method, url, headers }: IncomingMessage): 411 | 413 | null => {
  if (method !== "POST" || url?.startsWith("/api/auth/") !== true) return null;
  const length = headers["content-length"];
  if (length === undefined) return headers["transfer-encoding"] === undefined ? null : 411;
  return Number(length) > largestBytes ? 413 : null;
};
