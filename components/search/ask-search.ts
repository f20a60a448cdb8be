import type { SearchAnswer } from "#lib/search/search-answer.ts";

/** Our own route answers with this shape. */
const toAnswer = (body: unknown): SearchAnswer => body as SearchAnswer;

/** Asks the console for records. In a body: what people type here may be a phone number. */
export const askSearch = async ({
  text,
  whole,
  signal,
}: {
  readonly text: string;
  readonly whole: boolean;
  readonly signal?: AbortSignal;
}): Promise<SearchAnswer> => {
  const response = await fetch("/api/console/search", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text, whole }),
    ...(signal === undefined ? {} : { signal }),
  });
  // the session has ended: the page itself leads to the sign-in page and back
  if (response.status === 401) globalThis.location.reload();
  if (!response.ok) throw new Error(`The search answered ${response.status}.`);
  return toAnswer(await response.json());
};
