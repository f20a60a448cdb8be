import { ReadError } from "#lib/api/problem.ts";
import { problemResponse } from "#app/api/_route/api-route.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];
type Handlers = Readonly<Record<Method, () => Response>>;

/** Handlers of the methods a route does not have: 405 as a problem document, saying which it has. */
export function otherMethods(...allowed: readonly Method[]): Handlers {
  const refuse = (): Response => {
    const response = problemResponse(
      new ReadError("method_not_allowed", `This address takes ${allowed.join(" and ")}.`),
    );
    response.headers.set("allow", allowed.join(", "));
    return response;
  };
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
}
