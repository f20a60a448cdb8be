import { ReadError } from "#lib/api/problem.ts";
import { keyTypePattern, toKeyValue } from "#lib/key/key-value.ts";
import type { RecordQuestion } from "#lib/read/look-up.ts";

/** A key as an address or a body names it. */
export function toRecordQuestion(type: string, value: string, searchable: boolean): RecordQuestion {
  if (type !== "_" && !keyTypePattern.test(type)) {
    throw new ReadError("invalid_parameter", "A key type is written as order_no; _ searches every type.", "type");
  }
  if (toKeyValue(value) === "") throw new ReadError("invalid_parameter", "Write the key to look for.", "value");
  return { type, value: toKeyValue(value), searchable };
}
