import { toSignature } from "#lib/event/signature.ts";
import type { Assessment } from "#lib/journey/assess.ts";
import { hopName, hopTo } from "#lib/journey/hop-name.ts";
import { hopsOf } from "#lib/journey/hops.ts";
import { isRequired } from "#lib/journey/survey.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { HopLatency, JourneyRow, StepDue } from "#lib/storage/journey-index.ts";
import type { Unit } from "#lib/storage/projection.ts";

/** What a row says beside its assessment. */
export interface RowOrigin {
  readonly flow: FlowId;
  readonly primary: string;
  readonly versionHash: string;
  /** Every unit that belongs to the journey; at least one. */
  readonly units: readonly Unit[];
}

/** The row that lists, counts and the watcher read: the assessment without sentences. Pure. */
export function toJourneyRow(assessment: Assessment, { flow, primary, versionHash, units }: RowOrigin): JourneyRow {
  const { broken } = assessment;
  const step = broken?.step ?? null;
  const cause = broken?.cause ?? null;
  const attempt = cause?.attempt;
  const isOutage = cause?.reason === "outage";
  return {
    flow,
    primary,
    versionHash,
    state: assessment.state,
    reason: isOutage ? "not_seen" : (cause?.reason ?? null),
    step: step?.step.id ?? null,
    system: step?.step.system ?? null,
    hop: step === null ? null : hopTo(step),
    errorClass: cause?.errorClass ?? null,
    field: cause?.field ?? null,
    point: attempt?.point ?? step?.step.point ?? null,
    signature: attempt?.message === undefined ? null : toSignature(attempt.message),
    since: assessment.since,
    dueAt: step?.dueAt ?? null,
    startedAt: Math.min(...units.map((unit) => unit.startedAt)),
    lastEventAt: Math.max(...units.map((unit) => unit.lastEventAt)),
    newestIngestedAt: Math.max(...units.map((unit) => unit.newestIngestedAt)),
    eventsTotal: units.reduce((sum, unit) => sum + unit.eventsTotal, 0),
    endedBy: assessment.endedBy ?? null,
    backfill: units.every((unit) => unit.backfill === true),
    dues: duesOf(assessment),
    latencies: latenciesOf(assessment),
    wake: assessment.wake,
  };
}

const notArrived: ReadonlySet<string> = new Set(["pending", "overdue", "unknown"]);

/** What was expected by a time: the population among which an outage shows. */
function duesOf({ steps }: Assessment): readonly StepDue[] {
  return steps.flatMap(({ step, dueAt, status }) =>
    dueAt === undefined || !isRequired(step) || status === "not_expected"
      ? []
      : [{ step: step.id, dueAt, arrived: !notArrived.has(status) }],
  );
}

const noSkew = (): null => null;

function latenciesOf({ steps, survey }: Assessment): readonly HopLatency[] {
  return hopsOf(steps, noSkew).flatMap(({ from, to, latencyMs }) => {
    const at = survey.byId.get(to)?.settlement.by?.[0];
    return latencyMs === undefined || at === undefined ? [] : [{ hop: hopName(from, to), at, latencyMs }];
  });
}
