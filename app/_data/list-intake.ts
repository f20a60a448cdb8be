import "server-only";
import type { DeadLettersAnswer, DeadLettersQuery, SourcesAnswer } from "#lib/api/intake-schema.ts";
import { listDeadLetters as listLetters } from "#lib/read/list-dead-letters.ts";
import { listSources as list } from "#lib/read/list-sources.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function listSources(viewer: Viewer): Promise<SourcesAnswer> {
  const { stores, context } = readScope(viewer, "sources.read");
  return list(stores, context);
}

export async function listDeadLetters(viewer: Viewer, query: DeadLettersQuery): Promise<DeadLettersAnswer> {
  const { stores } = readScope(viewer, "dead_letters.read");
  return listLetters(stores, query);
}
