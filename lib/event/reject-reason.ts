/** Why an event was not accepted (DESIGN 4.1). */
export const rejectReasons = [
  "invalid_json",
  "invalid_type",
  "missing_keys",
  "missing_time",
  "missing_step",
  "time_out_of_range",
  "key_too_long",
  "too_deep",
  "too_large",
  "id_reused",
  "source_not_allowed",
] as const;
export type RejectReason = (typeof rejectReasons)[number];

export interface Rejection {
  /** Place in the batch as sent, from 0. */
  readonly index: number;
  readonly reason: RejectReason;
  /** JSON pointer to the offending place, `""` for the whole event. */
  readonly path: string;
}
