/** What is audited, as entries name it; what people read stands in the catalogue under the same name with `_` for `.`. */
export const auditActions = [
  "user.created",
  "user.role_changed",
  "user.disabled",
  "user.enabled",
  "user.password_changed",
  "user.password_link_made",
  "user.password_chosen",
  "user.signed_in",
  "user.sign_in_refused",
  "user.signed_out",
  "token.created",
  "token.revoked",
  "record.read",
  "record.searched",
  "records.looked_up",
  "records.exported",
  "journeys.exported",
  "journey.closed",
  "journey.reopened",
  "note.added",
  "note.deleted",
  "note.restored",
  "dead_letters.read",
  "redrive.requested",
  "rejudge.requested",
  "backup.requested",
  "store.copied",
  "secret.replaced",
  "reload_flows.requested",
  "load_sample.requested",
  "remove_sample.requested",
  "flow.saved",
  "flow.written",
  "flow.removed",
  "masking_exception.added",
  "masking_exception.removed",
  "audit.read",
  "audit.exported",
] as const;
export type AuditAction = (typeof auditActions)[number];

export const toAuditAction = (action: string): AuditAction | null =>
  auditActions.find((each) => each === action) ?? null;

type WordOf<Action extends string> = Action extends `${infer Head}.${infer Tail}` ? `${Head}_${Tail}` : Action;

/** The name of its words in the catalogue. Every action has one dot, which `WordOf` replaces as `replace` does. */
export const wordOf = <Action extends AuditAction>(action: Action): WordOf<Action> =>
  action.replace(".", "_") as WordOf<Action>;

/** An entry as the page shows it. Times in epoch milliseconds. */
export interface AuditLine {
  readonly process: string;
  readonly sequence: number;
  readonly at: number;
  readonly by: string;
  readonly action: string;
  readonly object: string;
  readonly result: "done" | "refused" | "failed";
  /** Its members as text; empty where there are none. */
  readonly detail: string;
  readonly hash: string;
}
