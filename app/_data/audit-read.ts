import "server-only";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";

interface AuditedRead {
  readonly action: "record.read" | "records.looked_up" | "records.exported" | "dead_letters.read" | "audit.read";
  readonly object: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Reads are queued and chained within a second: nobody waits for the entry. */
export function auditRead(viewer: Viewer, read: AuditedRead): void {
  const { control, log, now } = currentConsole();
  control.audit.append([{ at: now(), by: viewer.by, result: "done", ...read }]).catch((error: unknown) => {
    log.error({ err: error }, "a read could not be audited");
  });
}
