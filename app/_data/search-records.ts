import "server-only";
import { searchKeys } from "#lib/read/search-keys.ts";
import type { SearchAnswer } from "#lib/search/search-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

const listed = { suggestions: 8, results: 50 };

/** While somebody types: few, fast, not audited. */
export async function suggestRecords(viewer: Viewer, text: string): Promise<SearchAnswer> {
  const { stores, context } = readScope(viewer, "records.read");
  return searchKeys(stores, { text, limit: listed.suggestions, whole: false }, context);
}

/** A search that was sent off. A private value is never written down, not even in the audit. */
export async function searchRecords(viewer: Viewer, text: string): Promise<SearchAnswer> {
  const { stores, context } = readScope(viewer, "records.read");
  const answer = await searchKeys(stores, { text, limit: listed.results, whole: true }, context);
  const object = answer.isPrivate ? "search:(private)" : `search:${text.trim().slice(0, 200)}`;
  const detail = { found: answer.hits.length };
  await currentConsole().control.audit.append([
    { at: context.now, by: viewer.by, action: "record.searched", object, result: "done", detail },
  ]);
  return answer;
}
