import type { IncomingMessage } from "node:http";

/**
 * Whether a form of a page was sent by the browser itself, before the page's script was there to take it: the page is shown again then.
 * Its forms are sent by POST so that nothing typed stands in an address; the API and Next.js' own actions send other kinds of bodies.
 */
export const isEarlyForm = ({ method, url, headers }: IncomingMessage): boolean =>
  method === "POST" &&
  headers["next-action"] === undefined &&
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true &&
  url?.startsWith("/api/") === false;
