import type { IncomingMessage } from "node:http";

/** Headers that only this server may set: what comes with a request is dropped. */
const ours = [
  "x-nonce",
  "content-security-policy",
  "x-hopline-path",
  "x-middleware-subrequest",
  "x-middleware-prefetch",
];
const ofProxies = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto"];

/** Takes away what a client could pretend, and tells the pages where they are. */
export const cleanHeaders = (request: IncomingMessage, trustProxy: boolean): void => {
  for (const name of ours) delete request.headers[name];
  if (!trustProxy) for (const name of ofProxies) delete request.headers[name];
  request.headers["x-hopline-path"] = request.url ?? "/";
};
