import { pathOfHit, recordPath, type LooseKey, type SearchAnswer, type SearchHit } from "#lib/search/search-answer.ts";

/** One line under the search field: a record, or a key without one. */
export type Suggestion =
  | { readonly kind: "hit"; readonly path: string; readonly hit: SearchHit }
  | { readonly kind: "loose"; readonly path: string; readonly loose: LooseKey };

export const suggestionsOf = (answer: SearchAnswer | null): readonly Suggestion[] =>
  answer === null
    ? []
    : [
        ...answer.hits.map((hit) => ({ kind: "hit" as const, path: pathOfHit(hit), hit })),
        ...answer.loose.map((loose) => ({ kind: "loose" as const, path: recordPath(loose.type, loose.value), loose })),
      ];
