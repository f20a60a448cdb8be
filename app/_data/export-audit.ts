import "server-only";
import { actionText, auditViewOf, type AuditQuestion } from "#components/audit/audit-view.ts";
import { toCsvHead, toCsvLine } from "#lib/csv/to-csv.ts";
import { fullTimeText, zoneText } from "#lib/time-text/time-text.ts";
import { currentConsole } from "#app/_data/console.ts";
import { auditQueryOf, toAuditLine } from "#app/_data/list-audit.ts";
import type { Viewer } from "#app/_data/session.ts";

const columns = ["at", "by", "action", "object", "result", "detail", "process", "sequence", "hash"] as const;
const perPage = 500;
const limit = 100_000;

/** The audit as a CSV file, newest first, written as it is read. Audited before the first line. */
export async function* exportAudit(viewer: Viewer, asked: AuditQuestion): AsyncGenerator<string, undefined> {
  const { control, now } = currentConsole();
  const { cursor: _cursor, ...filters } = asked.given;
  const entry = { at: now(), by: viewer.by, action: "audit.exported", object: "audit", result: "done" } as const;
  await control.audit.append([{ ...entry, detail: filters }]);
  const { language, timeZone } = viewer;
  const view = auditViewOf({ now: entry.at, timeZone, language });
  const zone = zoneText(timeZone, entry.at);
  yield toCsvHead(columns.map((column) => view.t(`csvHead.${column}`, { zone })));
  let written = 0;
  for (let cursor: string | null = null; ;) {
    const page = await control.audit.list({ ...auditQueryOf(asked), cursor, limit: perPage });
    yield page.items
      .map(toAuditLine)
      .map(({ at, by, action, object, result, detail, process, sequence, hash }) =>
        toCsvLine([
          fullTimeText(at, timeZone),
          by,
          actionText(action, view),
          object,
          result,
          detail,
          process,
          sequence,
          hash,
        ]),
      )
      .join("");
    written += page.items.length;
    if (page.next === null) return undefined;
    if (written >= limit) {
      yield toCsvLine([view.t("csvEnd", { limit })]);
      return undefined;
    }
    cursor = page.next;
  }
}
