import { openCursor, questionOf, sealCursor } from "#lib/api/cursor.ts";
import type { DeadLettersAnswer, DeadLettersQuery } from "#lib/api/intake-schema.ts";
import type { ReadStores } from "#lib/read/read-context.ts";
import { toTime } from "#lib/record/to-time.ts";

/** Rejected events, newest first. */
export async function listDeadLetters(stores: ReadStores, query: DeadLettersQuery): Promise<DeadLettersAnswer> {
  const question = questionOf(query);
  const { reason, source, open, limit } = query;
  const page = await stores.deadLetters.list({
    ...(reason !== undefined && { reason }),
    ...(source !== undefined && { source }),
    ...(open !== undefined && { open }),
    cursor: query.cursor === undefined ? null : openCursor(question, query.cursor),
    limit,
  });
  return {
    items: page.items.map(({ id, reason: why, path, source: from, text, cut, receivedAt, redrivenAt }) => ({
      id,
      reason: why,
      path,
      source: from,
      text,
      cut,
      receivedAt: toTime(receivedAt),
      redrivenAt: redrivenAt === null ? null : toTime(redrivenAt),
    })),
    next: page.next === null ? null : sealCursor(question, page.next),
  };
}
