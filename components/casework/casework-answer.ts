/** What closing a journey, undoing that, or a change of a note came to. `gone`: not there (any more) for this person. */
export type CaseworkResult = "done" | "gone" | "completed" | "empty" | "long";

export interface CaseworkAnswer {
  readonly result: CaseworkResult;
}
