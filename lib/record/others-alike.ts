import type { JourneyAnswer } from "#lib/record/record-answer.ts";

/** How many others fail alike: a journey closed by hand is no longer one of those that are counted. */
export const othersAlike = ({ verdict, closed }: Pick<JourneyAnswer, "verdict" | "closed">): number =>
  verdict.alike === undefined ? 0 : verdict.alike.count - (closed === undefined ? 1 : 0);
