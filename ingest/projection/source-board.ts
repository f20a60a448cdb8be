import type { World } from "#ingest/collector/world.ts";
import type { Step } from "#lib/flow/flow-version.ts";
import { type FlowId, type SourceId, type StepId, toSourceId } from "#lib/id/id.ts";
import {
  arrivalSliceMs,
  keptArrivalSlices,
  type ArrivalSlice,
  type SourceProgress,
  type SourceWatermark,
} from "#lib/source/source.ts";
import { type StepReport, stepSources } from "#lib/source/step-sources.ts";
import { neverHeard, watermarkOf } from "#lib/source/watermark.ts";
import type { Reporter } from "#lib/storage/projection.ts";
import type { SourceHeard, Sources } from "#lib/storage/sources.ts";

type MutableProgress = { -readonly [Name in keyof SourceProgress]: SourceProgress[Name] };

/** What is to be written of the sources with the next commit. */
export interface SourceChange {
  readonly sources: readonly SourceProgress[];
  readonly reporters: readonly Reporter[];
}

/** A step whose set of sources is another one now: journeys may wait for that. */
export interface ChangedStep {
  readonly flow: FlowId;
  readonly step: StepId;
}

/** How far every source has come, and who reports which step: kept in mind by the one writer, since every judgement asks for it. */
export interface SourceBoard {
  /** Reads who has reported the steps of these flows, where that has not been read yet. */
  loadFlows(flows: readonly FlowId[]): Promise<void>;
  noteEvent(source: SourceId, eventTime: number, arrivedAt: number): void;
  /** Of an event noted before: it is at no step of any flow. */
  noteUnmatched(source: SourceId): void;
  noteReport(flow: FlowId, step: StepId, source: SourceId, eventTime: number): void;
  noteHeartbeat(source: string, at: number, arrivedAt: number): void;
  /** What other workers have heard, and who reported which step to them. */
  noteOthers(heard: readonly SourceHeard[], reporters: readonly Reporter[]): void;
  noteDuplicate(source: string, arrivedAt: number): void;
  noteRejected(source: string, arrivedAt: number): void;
  /** The step's sources with their watermarks; empty: nothing has ever reported the step. */
  eyes(flow: FlowId, step: Step, now: number): readonly SourceWatermark[];
  /** Epoch ms; -Infinity for a source that never told. */
  watermark(source: string, now: number): number;
  /** Sources whose watermark may have moved since the last call: those heard of, and those that move with the clock. */
  takeMoved(now: number): readonly SourceWatermark[];
  takeChangedSteps(): readonly ChangedStep[];
  /** Hands over what has to be written; to be put back with `keep` where the commit failed. */
  takeChange(): SourceChange;
  keep(change: SourceChange): void;
  /** Forgets that these sources ever spoke, and who reported the steps of these flows. */
  forget(sources: readonly SourceId[], flows: readonly FlowId[]): void;
}

const stepKey = (flow: FlowId, step: StepId): string => `${flow}\u0000${step}`;

export async function openSourceBoard(sources: Sources, world: () => World): Promise<SourceBoard> {
  const progress = new Map<string, MutableProgress>();
  const reports = new Map<string, Map<string, Reporter>>();
  for (const each of await sources.list()) progress.set(each.source, { ...each });
  const loaded = new Set<FlowId>();
  const changedProgress = new Set<string>();
  const changedReports = new Set<Reporter>();
  const changedSteps = new Map<string, ChangedStep>();
  const moved = new Set<string>(progress.keys());

  const find = (source: string, arrivedAt: number): MutableProgress => {
    const known = progress.get(source);
    if (known) {
      known.lastSeenAt = Math.max(known.lastSeenAt, arrivedAt);
      changedProgress.add(source);
      return known;
    }
    const fresh = newProgress(toSourceId(source), arrivedAt);
    progress.set(source, fresh);
    changedProgress.add(source);
    return fresh;
  };
  const reportsAt = (flow: FlowId, step: StepId): readonly StepReport[] => [
    ...(reports.get(stepKey(flow, step))?.values() ?? []),
  ];
  const watermarkAt = (source: SourceId, now: number): SourceWatermark => {
    const known = progress.get(source);
    return known === undefined ? neverHeard(source) : watermarkOf(known, world().sourceDeclaration(source), now);
  };

  /** Answers what stood there before; the reporter itself where that is not older. */
  const report = (reporter: Reporter): Reporter | undefined => {
    const { flow, step, source, newestEventAt } = reporter;
    const known = reports.get(stepKey(flow, step))?.get(source);
    if (known !== undefined && known.newestEventAt >= newestEventAt) return reporter;
    const alone = known !== undefined && reports.get(stepKey(flow, step))?.size === 1;
    const before = alone ? "" : stepSourcesText(reportsAt(flow, step));
    addReport(reports, reporter);
    if (!alone && stepSourcesText(reportsAt(flow, step)) !== before)
      changedSteps.set(stepKey(flow, step), { flow, step });
    return known;
  };

  return {
    async loadFlows(flows) {
      for (const flow of flows) {
        if (loaded.has(flow)) continue;
        loaded.add(flow);
        for (const reporter of await sources.listReporters(flow)) {
          addReport(reports, reporter);
          // The last worker may have stopped between noting a change and judging what waited for it.
          changedSteps.set(stepKey(flow, reporter.step), { flow, step: reporter.step });
        }
      }
    },
    noteEvent(source, eventTime, arrivedAt) {
      const known = find(source, arrivedAt);
      known.acceptedTotal += 1;
      known.newestEventAt = Math.max(known.newestEventAt ?? -Infinity, Math.min(eventTime, arrivedAt));
      known.arrivals = withArrival(known.arrivals, arrivedAt);
      moved.add(source);
    },
    noteUnmatched(source) {
      const known = progress.get(source);
      if (known !== undefined) known.unmatchedTotal = (known.unmatchedTotal ?? 0) + 1;
    },
    noteReport(flow, step, source, eventTime) {
      const reporter = { flow, step, source, newestEventAt: eventTime };
      const known = report(reporter);
      if (known === reporter) return;
      if (known !== undefined) changedReports.delete(known);
      changedReports.add(reporter);
    },
    noteOthers(heard, reporters) {
      for (const { source, newestEventAt, heartbeatAt, lastSeenAt } of heard) {
        const known = progress.get(source) ?? newProgress(source, lastSeenAt);
        progress.set(source, known);
        known.lastSeenAt = Math.max(known.lastSeenAt, lastSeenAt);
        if (newestEventAt !== undefined)
          known.newestEventAt = Math.max(known.newestEventAt ?? -Infinity, newestEventAt);
        if (heartbeatAt !== undefined) known.heartbeatAt = Math.max(known.heartbeatAt ?? -Infinity, heartbeatAt);
        // Also where nothing is newer: another worker may have judged a journey meanwhile that did not know it yet.
        moved.add(source);
      }
      for (const reporter of reporters) report(reporter);
    },
    noteHeartbeat(source, at, arrivedAt) {
      const known = find(source, arrivedAt);
      known.heartbeatAt = Math.max(known.heartbeatAt ?? -Infinity, at);
      moved.add(source);
    },
    noteDuplicate(source, arrivedAt) {
      find(source, arrivedAt).duplicateTotal += 1;
    },
    noteRejected(source, arrivedAt) {
      find(source, arrivedAt).rejectedTotal += 1;
    },
    eyes: (flow, step, now) => stepSources(step, reportsAt(flow, step.id)).map((source) => watermarkAt(source, now)),
    watermark: (source, now) => watermarkAt(toSourceId(source), now).watermark,
    takeMoved(now) {
      for (const { source, silentAfterMs } of world().declared.surroundings.sources) {
        if (silentAfterMs !== undefined && progress.has(source)) moved.add(source);
      }
      const found = [...moved].map((source) => watermarkAt(toSourceId(source), now));
      moved.clear();
      return found;
    },
    takeChangedSteps() {
      const found = [...changedSteps.values()];
      changedSteps.clear();
      return found;
    },
    takeChange() {
      const change = {
        sources: [...changedProgress].flatMap((source) => {
          const known = progress.get(source);
          return known === undefined ? [] : [{ ...known }];
        }),
        reporters: [...changedReports],
      };
      changedProgress.clear();
      changedReports.clear();
      return change;
    },
    forget(named, flows) {
      const isForgotten = ({ flow, source }: Reporter): boolean => flows.includes(flow) || named.includes(source);
      for (const source of named) {
        progress.delete(source);
        changedProgress.delete(source);
        moved.delete(source);
      }
      for (const flow of flows) loaded.delete(flow);
      for (const ofStep of reports.values()) {
        for (const reporter of ofStep.values()) if (isForgotten(reporter)) ofStep.delete(reporter.source);
      }
      for (const reporter of changedReports) if (isForgotten(reporter)) changedReports.delete(reporter);
      for (const [key, { flow }] of changedSteps) if (flows.includes(flow)) changedSteps.delete(key);
    },
    keep(change) {
      for (const { source } of change.sources) changedProgress.add(source);
      for (const { flow, step, source } of change.reporters) {
        const newest = reports.get(stepKey(flow, step))?.get(source);
        if (newest !== undefined) changedReports.add(newest);
      }
    },
  };
}

const newProgress = (source: SourceId, lastSeenAt: number): MutableProgress => ({
  source,
  lastSeenAt,
  acceptedTotal: 0,
  duplicateTotal: 0,
  rejectedTotal: 0,
});

/** Counts one more in the slice it arrived in. Slices before the last hour fall out; one that came out of order counts with the newest. */
const withArrival = (arrivals: readonly ArrivalSlice[] = [], arrivedAt: number): readonly ArrivalSlice[] => {
  const at = arrivedAt - (arrivedAt % arrivalSliceMs);
  const newest = arrivals.at(-1);
  if (newest === undefined || newest.at < at) {
    const oldest = at - (keptArrivalSlices - 1) * arrivalSliceMs;
    return [...arrivals.filter((slice) => slice.at >= oldest), { at, count: 1 }];
  }
  return [...arrivals.slice(0, -1), { at: newest.at, count: newest.count + 1 }];
};

function addReport(reports: Map<string, Map<string, Reporter>>, reporter: Reporter): void {
  const key = stepKey(reporter.flow, reporter.step);
  const known = reports.get(key) ?? new Map<string, Reporter>();
  known.set(reporter.source, reporter);
  reports.set(key, known);
}

/** Those within reach of the newest, as `stepSources` has them for a step that declares none. */
const stepSourcesText = (reports: readonly StepReport[]): string =>
  stepSources({ sources: [] }, reports).join("\u0000");
