import "server-only";
import type { AuditQuestion } from "#components/audit/audit-view.ts";
import { mayDo } from "#lib/access/permission.ts";
import { ReadError } from "#lib/api/problem.ts";
import type { AuditLine } from "#lib/audit/audit-action.ts";
import type { Audit, ChainedEntry } from "#lib/storage/audit.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { auditLook } from "#app/_data/audit-read.ts";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";

const perPage = 50;

type Query = Omit<Parameters<Audit["list"]>[0], "cursor" | "limit">;

/** The filters of an address as the store takes them. */
export const auditQueryOf = ({ given, period }: Pick<AuditQuestion, "given" | "period">): Query => {
  const { by, action } = given;
  return { ...(by !== undefined && { by }), ...(action !== undefined && { action }), ...period };
};

export const toAuditLine = ({ detail, ...entry }: ChainedEntry): AuditLine => ({
  ...entry,
  detail: detail === undefined ? "" : textOf(detail),
});

const textOf = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");

/** A page of the audit; the first where its place is no longer one. Reading it is audited too. */
export async function listAudit(
  viewer: Viewer,
  asked: AuditQuestion,
): Promise<{ readonly lines: readonly AuditLine[]; readonly next: string | null; readonly hasBadCursor: boolean }> {
  if (!mayDo(viewer.role, "audit.read")) throw new ReadError("forbidden", `The role ${viewer.role} may not do this.`);
  const { audit } = currentConsole().control;
  const query = auditQueryOf(asked);
  const page = async (cursor: string | null) => audit.list({ ...query, cursor, limit: perPage });
  let hasBadCursor = false;
  const found = await page(asked.given["cursor"] ?? null).catch(async (error: unknown) => {
    if (!(error instanceof StorageError && error.code === "invalid_cursor")) throw error;
    hasBadCursor = true;
    return page(null);
  });
  const detail = { ...asked.given, shown: found.items.length };
  auditLook(viewer, { action: "audit.read", object: "audit", detail }, asked.given);
  return { lines: found.items.map(toAuditLine), next: found.next, hasBadCursor };
}
