import { markOf } from "#lib/journey/attempt-marks.ts";

/** What records of one line of the failures page have in common. */
export interface GroupIdentity {
  readonly flow: string;
  readonly step: string | null;
  readonly reason: string;
  readonly errorClass: string | null;
  readonly field: string | null;
  /** Message with numbers and ids taken out. */
  readonly signature: string | null;
}

/** Short name of a group for addresses. Two groups with one name would open together, no more. */
export const groupId = ({ flow, step, reason, errorClass, field, signature }: GroupIdentity): string =>
  markOf("group", JSON.stringify([flow, step, reason, errorClass, field, signature])).toString(36);
