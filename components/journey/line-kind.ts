import type { StepStatus } from "#lib/journey/judgement.ts";
import { isDone } from "#components/journey/journey-graph.ts";

/**
 * How a stop stands to someone looking: a step's status, with `pending` told apart by whether anything waits for it now.
 * The glyph, the word and the line that leads there follow it.
 */
export type StopState =
  | "completed"
  | "late"
  | "passed"
  | "skipped"
  | "in_progress"
  | "waiting"
  | "overdue"
  | "failed"
  | "unknown"
  | "not_expected";

/** solid · solid and thin · dashed and cut by // · solid to the × · dotted · thin dashes · dashed */
export type LineKind = "solid" | "late" | "thin" | "cut" | "failed" | "dotted" | "waiting" | "passed";

/** `reached`: a stop that leads to it has happened, or it is where the journey starts. */
export function stopState(status: StepStatus, reached: boolean): StopState {
  switch (status) {
    case "settled":
      return "completed";
    case "pending":
      return reached ? "in_progress" : "waiting";
    case "late":
    case "passed":
    case "skipped":
    case "overdue":
    case "failed":
    case "unknown":
    case "not_expected":
      return status;
  }
}

/** The line between two stops; nothing runs on from a stop that has not happened. */
export function lineKind(from: StepStatus, to: StopState): LineKind {
  if (!isDone(from)) return "waiting";
  switch (to) {
    case "completed":
    case "skipped":
      return "solid";
    case "late":
      return "late";
    case "in_progress":
      return "thin";
    case "overdue":
      return "cut";
    case "failed":
      return "failed";
    case "unknown":
      return "dotted";
    case "passed":
      return "passed";
    case "waiting":
    case "not_expected":
      return "waiting";
  }
}
