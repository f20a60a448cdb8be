import { translatorOf } from "#components/message/translator.ts";
import { toAuditAction, wordOf } from "#lib/audit/audit-action.ts";
import type { Period, Preset } from "#lib/period/period.ts";
import type { Clock } from "#lib/time-text/time-text.ts";

export const auditViewOf = (clock: Clock) => ({ t: translatorOf(clock.language, "audit"), clock });
export type AuditView = ReturnType<typeof auditViewOf>;

export interface AuditQuestion {
  /** As they stand in the address. */
  readonly given: Readonly<Record<string, string>>;
  readonly range: Preset | "any" | "custom";
  readonly period: Partial<Period>;
}

/** What was done, in words; the entry's own name where no word is known. */
export const actionText = (action: string, { t }: AuditView): string => {
  const known = toAuditAction(action);
  return known === null ? action : t(`actions.${wordOf(known)}`);
};

/** The address with some filters set or (null) taken away, from the first page again. */
export const auditHref = (given: AuditQuestion["given"], change: Readonly<Record<string, string | null>>): string => {
  const { cursor: _cursor, ...kept } = given;
  const query = new URLSearchParams(kept);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return query.size === 0 ? "/audit" : `/audit?${query.toString()}`;
};
