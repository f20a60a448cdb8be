import "server-only";
import { createHash } from "node:crypto";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";

interface AuditedRead {
  readonly action: "record.read" | "records.looked_up" | "records.exported" | "dead_letters.read" | "audit.read";
  readonly object: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * For what an open page reads again and again: one entry as long as the same session looks at the same. `asked` tells apart what the object
 * alone doesn't: the filters of a list, the records that a key leads to. A token's every read is an entry.
 */
export function auditLook(viewer: Viewer, read: AuditedRead, asked: unknown): void {
  const { looks, now } = currentConsole();
  const { session } = viewer;
  // of one length, however much is asked
  const look = createHash("sha256").update(JSON.stringify([session, read.action, read.object, asked]));
  if (session !== null && !looks.isNew(look.digest("base64url"), now())) return;
  auditRead(viewer, read);
}

/** Reads are queued and chained within a second: nobody waits for the entry. */
export function auditRead(viewer: Viewer, read: AuditedRead): void {
  const { control, log, now } = currentConsole();
  control.audit.append([{ at: now(), by: viewer.by, result: "done", ...read }]).catch((error: unknown) => {
    log.error({ err: error }, "a read could not be audited");
  });
}
