import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { LookUpAnswer } from "#lib/api/look-up-schema.ts";
import { lookUpRecords as lookUp } from "#lib/read/look-up-records.ts";
import { auditRead } from "#app/_data/audit-read.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

/** One line a pasted key. Audited by the records found. */
export async function lookUpRecords(viewer: Viewer, keys: readonly string[]): Promise<LookUpAnswer> {
  const { stores, context } = readScope(viewer, "records.read");
  const answer = await lookUp(stores, keys, context, async () => nextTurn());
  const records = answer.items.flatMap(({ journeys }) =>
    journeys.map(({ flow, primary }) => `${flow}/${primary ?? ""}`),
  );
  const detail = { keys: keys.length, records: [...new Set(records)].slice(0, 500) };
  auditRead(viewer, { action: "records.looked_up", object: "records", detail });
  return answer;
}
