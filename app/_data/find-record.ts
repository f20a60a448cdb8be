import "server-only";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { showMasked } from "#lib/privacy/show-masked.ts";
import { findRecord as find } from "#lib/read/find-record.ts";
import type { RecordQuestion } from "#lib/read/look-up.ts";
import { auditLook } from "#app/_data/audit-read.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

/** Everything known of a key, judged now; null where nothing is. Audited. */
export async function findRecord(viewer: Viewer, question: RecordQuestion): Promise<RecordAnswer | null> {
  const { stores, context } = readScope(viewer, "records.read");
  const answer = await find(stores, question, context);
  const records = (answer?.journeys ?? []).slice(0, 100).map(({ flow, primary }) => `${flow}/${primary ?? ""}`);
  const found = { found: answer !== null, records };
  auditLook(viewer, { action: "record.read", object: objectOf(question), detail: found }, [question, found]);
  return answer;
}

/** What may be a person's phone number is not written out in the audit either. */
const objectOf = ({ type, value, searchable }: RecordQuestion): string =>
  `record:${type}=${searchable ? showMasked(value, "other") : value.slice(0, 512)}`;
