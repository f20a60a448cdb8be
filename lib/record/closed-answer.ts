import type { ClosedAnswer } from "#lib/record/record-answer.ts";
import { toTime } from "#lib/record/to-time.ts";

export const toClosedAnswer = ({
  at,
  by,
  reason,
}: Omit<ClosedAnswer, "at"> & { readonly at: number }): ClosedAnswer => ({
  at: toTime(at),
  by,
  reason,
});
