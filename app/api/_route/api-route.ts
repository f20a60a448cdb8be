import { ReadError, toProblem } from "#lib/api/problem.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { currentConsole } from "#app/_data/console.ts";

/** What a route is called with by Next.js. */
interface RouteContext<Params> {
  readonly params: Promise<Params>;
}

const headers = { "cache-control": "no-store" };

/** One JSON answer a route, and every error as a problem document: the one place where errors become HTTP. */
export const apiRoute =
  <Params = object>(answer: (request: Request, params: Params) => Promise<unknown>) =>
  async (request: Request, context: RouteContext<Params>): Promise<Response> => {
    try {
      const answered = await answer(request, await context.params);
      return answered instanceof Response ? answered : Response.json(answered, { headers });
    } catch (error) {
      return problemResponse(error);
    }
  };

export function problemResponse(error: unknown): Response {
  const problem = toProblem(toReadError(error));
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...headers,
      "content-type": "application/problem+json",
      ...(problem.status === 401 && { "www-authenticate": 'Bearer realm="hopline"' }),
      ...(problem.status === 503 && { "retry-after": "1" }),
    },
  });
}

function toReadError(error: unknown): ReadError {
  if (error instanceof ReadError) return error;
  if (error instanceof StorageError && error.code === "invalid_cursor") {
    return new ReadError("invalid_cursor", "This cursor was not handed out here.", "cursor");
  }
  currentConsole().log.error({ err: error }, "a read could not be answered");
  if (error instanceof StorageError && error.retryable)
    return new ReadError("unavailable", "The store does not answer. Try again.");
  return new ReadError("internal", "");
}
