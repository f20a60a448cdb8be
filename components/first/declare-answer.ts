import type { Problem } from "#lib/declaration/problem.ts";

/** What a flow's YAML comes to: nothing is wrong with it, or everything that is. */
export interface CheckFlowAnswer {
  readonly problems: readonly Pick<Problem, "line" | "path" | "message" | "instead">[];
}

export type DeclareFlowAnswer =
  | { readonly result: "written"; readonly file: string; readonly flow: string }
  /** `taken`: a flow or file of this name is there; `unwritable`: the folder could not be written to. */
  | { readonly result: "taken" | "unwritable"; readonly file: string }
  | { readonly result: "wrong"; readonly problems: CheckFlowAnswer["problems"] };

export interface ConnectAnswer {
  /** The secret stands in it, and is shown this once. */
  readonly command: string;
}
