import "server-only";
import type { LetterFilters, LetterList } from "#components/dead-letters/letter.ts";
import { mayDo } from "#lib/access/permission.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { DeadLetterPage } from "#lib/storage/dead-letters.ts";
import { auditLook } from "#app/_data/audit-read.ts";
import { findRedriving } from "#app/_data/find-redriving.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";
import { isWorkerUp } from "#app/_data/worker-address.ts";

const perPage = 50;
const shownStart = 160;

/** A page of rejected events; null where its place in the list is no longer one. Audited. */
export async function listLetters(viewer: Viewer, given: LetterFilters): Promise<LetterList | null> {
  const { stores } = readScope(viewer, "dead_letters.read");
  const { reason, source, all, cursor } = given;
  let page: DeadLetterPage;
  try {
    page = await stores.deadLetters.list({
      ...(reason !== undefined && { reason }),
      ...(source !== undefined && { source }),
      ...(all === undefined && { open: true }),
      cursor: cursor ?? null,
      limit: perPage,
    });
  } catch (error) {
    if (error instanceof StorageError && error.code === "invalid_cursor") return null;
    throw error;
  }
  const counts = await stores.deadLetters.countByCause();
  const matching = counts
    .filter(
      (each) => (reason === undefined || each.reason === reason) && (source === undefined || each.source === source),
    )
    .reduce((sum, { count }) => sum + count, 0);
  const object = `dead_letters:${reason ?? "any reason"}`;
  const detail = { ...given, shown: page.items.length };
  auditLook(viewer, { action: "dead_letters.read", object, detail }, { reason, source, all, cursor });
  return {
    lines: page.items.map(({ id, receivedAt, redrivenAt, text, ...letter }) => ({
      id,
      reason: letter.reason,
      path: letter.path,
      source: letter.source,
      receivedAt,
      redrivenAt,
      start: text.slice(0, shownStart),
    })),
    next: page.next,
    counts,
    matching,
    redriving: given.request === undefined ? null : await findRedriving(given.request, matching),
    mayRedrive: mayDo(viewer.role, "dead_letters.redrive"),
    isWorkerUp: (await isWorkerUp()) === true,
  };
}
