import type { IncomingMessage, ServerResponse } from "node:http";

/** Scripts and styles of ours only, nothing inline without the nonce; `style=` attributes are allowed because pages are drawn on the server. */
const contentSecurityPolicy = (nonce: string, isHttps: boolean): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");

/** Next.js names itself in every answer, and only a configuration file turns that off. */
const keepQuiet = (response: ServerResponse): void => {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => (name.toLowerCase() === "x-powered-by" ? response : setHeader(name, value));
};

export const setSecurityHeaders = (
  request: IncomingMessage,
  response: ServerResponse,
  { nonce, isHttps }: { readonly nonce: string; readonly isHttps: boolean },
): void => {
  const policy = contentSecurityPolicy(nonce, isHttps);
  // Next.js takes the nonce for its own tags from here
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  keepQuiet(response);
  if (isHttps) response.setHeader("strict-transport-security", "max-age=31536000");
};
