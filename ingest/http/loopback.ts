import { isIPv4 } from "node:net";
import type { IncomingHttpHeaders } from "node:http";

export function isLoopbackAddress(address: string): boolean {
  const bare = address
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/^::ffff:/, "");
  return bare === "localhost" || bare === "::1" || (isIPv4(bare) && bare.startsWith("127."));
}

/** The Host header without its port; null where it is missing or not a host. */
function hostOf(header: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^:/\s@]+)(?::\d{1,5})?$/i.exec(header ?? "");
  return match?.[1] ?? null;
}

/**
 * Whether a request comes straight from this machine: a Host that a web page elsewhere could not make a browser send (DNS rebinding),
 * no Origin (a page), nothing forwarded (a proxy in front: the real client is elsewhere).
 */
export function isDirectLocalRequest(headers: IncomingHttpHeaders): boolean {
  const host = hostOf(headers.host);
  if (host === null || !isLoopbackAddress(host)) return false;
  return (
    headers.origin === undefined &&
    headers.forwarded === undefined &&
    !Object.keys(headers).some((name) => name.startsWith("x-forwarded-"))
  );
}
