import type { Reason } from "#lib/journey/judgement.ts";

/** A verdict's reason in a few words, for lists; the sentence itself comes from the engine. */
export const reason: Record<Reason, string> = {
  missing_field: "Field missing",
  bad_format: "Field malformed",
  rejected: "Rejected",
  timeout: "Timed out",
  unreachable: "Not reached",
  circuit_open: "Calls were suspended",
  conflict: "Conflict",
  unauthorized: "Refused sign-in",
  unknown_error: "Failed, cause not given",
  not_processed: "Received, not processed",
  lost_in_transit: "Sent, never received",
  never_sent: "Never sent",
  outage: "Nearly all missing at once",
  not_seen: "Not seen, nothing more known",
  source_silent: "Source silent",
  waiting_for_link: "Waiting for a link",
};
