import "server-only";
import { mayDo } from "#lib/access/permission.ts";
import { ReadError } from "#lib/api/problem.ts";
import type { FlowFigures } from "#lib/flow/flow-figures.ts";
import type { Period } from "#lib/period/period.ts";
import { readFlowFigures as read } from "#lib/read/read-flow-figures.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

/** A flow with its figures; null where there is none that this person may see. */
export async function readFlowFigures(
  viewer: Viewer,
  flow: string,
  asked: { readonly period: Period; readonly version?: string },
): Promise<FlowFigures | null> {
  const { stores, context } = readScope(viewer, "records.read");
  const mayReadFiles = mayDo(viewer.role, "declarations.read");
  try {
    return await read(stores, flow, { ...asked, language: viewer.language, mayReadFiles }, context);
  } catch (error) {
    if (error instanceof ReadError && error.code === "flow_not_found") return null;
    throw error;
  }
}
