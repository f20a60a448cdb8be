import { z } from "zod";

/** Every way a read can be refused, with its HTTP status and title (RFC 9457). */
const problems = {
  invalid_parameter: [400, "A parameter cannot be used"],
  invalid_body: [400, "The body cannot be used"],
  invalid_cursor: [400, "The cursor is not one of this list"],
  unauthorized: [401, "Sign in or send a token"],
  forbidden: [403, "Not allowed"],
  record_not_found: [404, "No record is known by this key"],
  flow_not_found: [404, "No such flow"],
  not_found: [404, "No such address"],
  method_not_allowed: [405, "Not this way"],
  too_large: [413, "The body is too large"],
  unsupported_media_type: [415, "Send application/json"],
  internal: [500, "Something went wrong"],
  unavailable: [503, "Not now"],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;
const problemCodes = Object.keys(problems) as readonly ProblemCode[];

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(problemCodes),
    detail: z.string().exactOptional(),
    parameter: z.string().exactOptional(),
  })
  .describe("RFC 9457 problem; `code` is what to branch on.");

export type Problem = z.infer<typeof problemSchema>;

/** A read that cannot be answered, for the caller to know why; becomes a problem document in one place. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  readonly code: ProblemCode;
  readonly parameter: string | null;

  constructor(code: ProblemCode, detail: string, parameter: string | null = null) {
    super(detail);
    this.code = code;
    this.parameter = parameter;
  }
}

export function toProblem(error: ReadError): Problem {
  const [status, title] = problems[error.code];
  return {
    type: `urn:hopline:problem:${error.code}`,
    title,
    status,
    code: error.code,
    ...(error.message === "" ? {} : { detail: error.message }),
    ...(error.parameter === null ? {} : { parameter: error.parameter }),
  };
}
