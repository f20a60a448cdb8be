import type { UnitTally } from "#lib/crosswalk/unit-tally.ts";
import { toSignature } from "#lib/event/signature.ts";
import type { Assessment } from "#lib/journey/assess.ts";
import { hopName, hopTo } from "#lib/journey/hop-name.ts";
import { hopsOf } from "#lib/journey/hops.ts";
import { isRequired } from "#lib/journey/survey.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { HopLatency, JourneyRow, StepDue } from "#lib/storage/journey-index.ts";

/** What a row says beside its assessment. */
export interface RowOrigin {
  readonly flow: FlowId;
  readonly primary: string;
  readonly versionHash: string;
  /** Of all units that belong to the journey. */
  readonly tally: UnitTally;
}

/** The row that lists, counts and the watcher read: the assessment without sentences. Pure. */
export function toJourneyRow(assessment: Assessment, { flow, primary, versionHash, tally }: RowOrigin): JourneyRow {
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
    startedAt: tally.startedAt,
    lastEventAt: tally.lastEventAt,
    newestIngestedAt: tally.newestIngestedAt,
    eventsTotal: tally.eventsTotal,
    endedBy: assessment.endedBy ?? null,
    backfill: tally.backfill === true,
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
