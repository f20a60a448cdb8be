/** One thing wrong with a declaration, told so that whoever wrote it can put it right. */
export interface Problem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `steps[3].within`; `""` for the whole file. */
  readonly path: string;
  readonly message: string;
  /** What to write instead. */
  readonly instead: string;
}

/** `message; instead`, as one line for a terminal or a log. */
export const toProblemText = ({ path, message, instead }: Problem): string =>
  `${path === "" ? "" : `${path}: `}${message}; ${instead}`;
