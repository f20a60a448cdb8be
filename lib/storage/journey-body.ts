import type { HopLatency, JourneyRow, StepDue } from "#lib/storage/journey-index.ts";

/** A row as it stands on disk: values without their names, in this order for ever; new ones are added at the end. */
type Body = readonly [
  ...names: readonly [flow: JourneyRow["flow"], primary: string, versionHash: string, state: JourneyRow["state"]],
  ...trouble: readonly [
    reason: JourneyRow["reason"],
    step: JourneyRow["step"],
    system: JourneyRow["system"],
    hop: string | null,
    errorClass: JourneyRow["errorClass"],
    field: string | null,
    point: string | null,
    signature: string | null,
    since: number,
    dueAt: number | null,
  ],
  ...course: readonly [
    startedAt: number,
    lastEventAt: number,
    newestIngestedAt: number,
    eventsTotal: number,
    endedBy: JourneyRow["endedBy"],
    backfill: 0 | 1,
  ],
  dues: readonly (readonly [step: StepDue["step"], dueAt: number, arrived: 0 | 1])[],
  latencies: readonly (readonly [hop: string, at: number, latencyMs: number])[],
  wake: JourneyRow["wake"],
];

export const toJourneyBody = (row: JourneyRow): string => {
  const body: Body = [
    row.flow,
    row.primary,
    row.versionHash,
    row.state,
    row.reason,
    row.step,
    row.system,
    row.hop,
    row.errorClass,
    row.field,
    row.point,
    row.signature,
    row.since,
    row.dueAt,
    row.startedAt,
    row.lastEventAt,
    row.newestIngestedAt,
    row.eventsTotal,
    row.endedBy,
    row.backfill ? 1 : 0,
    row.dues.map((due) => [due.step, due.dueAt, due.arrived ? 1 : 0]),
    row.latencies.map((latency) => [latency.hop, latency.at, latency.latencyMs]),
    row.wake,
  ];
  return JSON.stringify(body);
};

/** Bodies were written by `toJourneyBody`. */
const parseBody = (text: string): Body => JSON.parse(text) as Body;

export const journeyFrom = (text: string): JourneyRow => {
  const [flow, primary, versionHash, state, ...rest] = parseBody(text);
  const [reason, step, system, hop, errorClass, field, point, signature, since, dueAt, ...course] = rest;
  const [startedAt, lastEventAt, newestIngestedAt, eventsTotal, endedBy, backfill, dues, latencies, wake] = course;
  return {
    flow,
    primary,
    versionHash,
    state,
    reason,
    step,
    system,
    hop,
    errorClass,
    field,
    point,
    signature,
    since,
    dueAt,
    startedAt,
    lastEventAt,
    newestIngestedAt,
    eventsTotal,
    endedBy,
    backfill: backfill === 1,
    dues: dues.map((due): StepDue => ({ step: due[0], dueAt: due[1], arrived: due[2] === 1 })),
    latencies: latencies.map((latency): HopLatency => ({ hop: latency[0], at: latency[1], latencyMs: latency[2] })),
    wake,
  };
};
