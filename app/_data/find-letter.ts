import "server-only";
import type { WholeLetter } from "#components/dead-letters/letter.ts";
import { mayDo } from "#lib/access/permission.ts";
import { auditLook } from "#app/_data/audit-read.ts";
import { findRedriving } from "#app/_data/find-redriving.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";
import { isWorkerUp } from "#app/_data/worker-address.ts";

/** One rejected event, whole; `request`: one to re-drive it that is being watched. Audited. */
export async function findLetter(viewer: Viewer, id: string, request: string | undefined): Promise<WholeLetter | null> {
  const { stores } = readScope(viewer, "dead_letters.read");
  const letter = /^[\w-]{1,64}$/.test(id) ? await stores.deadLetters.find(id) : null;
  if (letter === null) return null;
  auditLook(viewer, { action: "dead_letters.read", object: `dead_letter:${id}` }, null);
  const { reason, path, source, text, cut, receivedAt, redrivenAt, allowed, backfill } = letter;
  return {
    id,
    reason,
    path,
    source,
    text,
    cut,
    receivedAt,
    redrivenAt,
    allowed: allowed ?? null,
    backfill: backfill === true,
    mayRedrive: mayDo(viewer.role, "dead_letters.redrive"),
    isWorkerUp: (await isWorkerUp()) === true,
    redriving: request === undefined ? null : await findRedriving(request, redrivenAt === null ? 1 : 0),
  };
}
