import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId, StepId } from "#lib/id/id.ts";
import type { SourceDeclaration, SourceWatermark } from "#lib/source/source.ts";
import { stepSources } from "#lib/source/step-sources.ts";
import { neverHeard, watermarkOf } from "#lib/source/watermark.ts";
import type { Reporter } from "#lib/storage/projection.ts";
import type { Sources } from "#lib/storage/sources.ts";

export type Eyes = (step: StepId) => readonly SourceWatermark[];

/**
 * For one moment: the sources of each step of a version, and how far each has been seen. What was read once is not read again; `expect` begins to
 * read what will be asked for soon.
 */
export function createWatermarks(
  sources: Sources,
  declarations: readonly SourceDeclaration[],
  now: number,
): { readonly eyesOf: (version: FlowVersion) => Promise<Eyes>; readonly expect: (flow: FlowId) => void } {
  let heard: Promise<ReadonlyMap<string, SourceWatermark>> | undefined;
  const reporters = new Map<FlowId, Promise<readonly Reporter[]>>();

  const listen = async (): Promise<ReadonlyMap<string, SourceWatermark>> => {
    const declared = new Map(declarations.map((each) => [each.source, each]));
    const progress = await sources.list();
    return new Map(progress.map((each) => [each.source, watermarkOf(each, declared.get(each.source), now)]));
  };

  const ask = (flow: FlowId) => {
    const reports = reporters.get(flow) ?? sources.listReporters(flow);
    reporters.set(flow, reports);
    return Promise.all([reports, (heard ??= listen())]);
  };
  const eyesOf = async ({ flow, declaration }: FlowVersion): Promise<Eyes> => {
    const [reported, watermarks] = await ask(flow);
    const byStep = Map.groupBy(reported, ({ step }) => step);
    const steps = new Map(declaration.steps.map((step) => [step.id, step]));
    return (id) => {
      const step = steps.get(id);
      if (step === undefined) return [];
      return stepSources(step, byStep.get(id) ?? []).map((source) => watermarks.get(source) ?? neverHeard(source));
    };
  };
  return {
    eyesOf,
    expect(flow) {
      // Whoever needs it hears of its failure.
      ask(flow).catch(() => undefined);
    },
  };
}
