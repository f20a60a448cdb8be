// https://sqlite.org/rescode.html, the primary code (the low byte)
const constraint = 19;

/** True where a UNIQUE or other constraint refused the row. */
export const isConstraint = (error: unknown): boolean =>
  error instanceof Error &&
  "errcode" in error &&
  typeof error.errcode === "number" &&
  (error.errcode & 0xff) === constraint;
