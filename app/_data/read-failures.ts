import "server-only";
import type { FailuresView } from "#lib/failure/failures-view.ts";
import { readFailures as read, type FailuresQuestion } from "#lib/read/read-failures.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export async function readFailures(viewer: Viewer, question: Omit<FailuresQuestion, "elapsed">): Promise<FailuresView> {
  const { stores, context } = readScope(viewer, "records.read");
  return read(stores, { ...question, elapsed: () => performance.now() }, context, viewer.language);
}
