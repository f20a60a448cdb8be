import type { IncomingMessage } from "node:http";

const safeMethods = ["GET", "HEAD", "OPTIONS"];

const originOf = (text: string): string | null => (URL.canParse(text) ? new URL(text).origin : null);

/**
 * Whether a request that may change something comes from our own pages, or from a program (neither a cookie nor a browser's
 * headers). A page elsewhere cannot make a browser leave these headers out or write others.
 */
export const isFromOurPages = (request: IncomingMessage, publicUrl: string): boolean => {
  if (safeMethods.includes(request.method ?? "")) return true;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  const from = originOf(origin);
  return from !== null && (from === originOf(publicUrl) || from === originOf(`http://${host ?? ""}`));
};
