import { ReadError } from "#lib/api/problem.ts";
import type { RecordQuestion } from "#lib/read/look-up.ts";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { findRecord } from "#app/_data/find-record.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function answerRecord(viewer: Viewer, question: RecordQuestion): Promise<RecordAnswer> {
  const answer = await findRecord(viewer, question);
  if (answer === null) throw new ReadError("record_not_found", "Nothing that was sent carries this key.");
  return answer;
}
