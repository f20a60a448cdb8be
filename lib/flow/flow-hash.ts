import { toCanonicalJson } from "#lib/event/canonical.ts";
import type { Flow, SchemaRef } from "#lib/flow/flow-version.ts";

const withoutPath = (ref: SchemaRef): Omit<SchemaRef, "path"> => ({ hash: ref.hash, schema: ref.schema });

/**
 * Content hash of a flow version: the declaration and the schemas it names, not how they were written down.
 * Comments, the order of keys and where a schema's file lies change nothing.
 */
export const toFlowHash = (flow: Flow, hash: (text: string) => string): string => {
  const content = {
    ...flow,
    steps: flow.steps.map((step) => ({
      ...step,
      ...(step.when === undefined ? undefined : { when: withoutPath(step.when) }),
      ...(step.contract === undefined ? undefined : { contract: withoutPath(step.contract) }),
    })),
  };
  const text = toCanonicalJson(content, 1000);
  if (text === null) throw new Error("A flow is never nested this deep");
  return hash(text);
};
