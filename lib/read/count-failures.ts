import type { FailuresAnswer, FailuresQuery } from "#lib/api/journeys-schema.ts";
import { ReadError } from "#lib/api/problem.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { FailureGroup } from "#lib/journey/failure-group.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { readPeriod, type Period } from "#lib/read/read-period.ts";
import { toTime } from "#lib/record/to-time.ts";
import type { EventLog, FailedEvent } from "#lib/storage/event-log.ts";
import type { FailureCount } from "#lib/storage/journey-index.ts";

const defaultGroups: readonly FailureGroup[] = ["flow", "step", "class"];
const maxEvents = 20_000;
const maxSamples = 5;
const maxKinds = 10_000;
const maxBuckets = 2000;

/** Failed and overdue journeys by what they have in common, or (`attempts`) failed events, most first. */
export async function countFailures(
  stores: ReadStores,
  query: FailuresQuery,
  context: ReadContext,
): Promise<FailuresAnswer> {
  const period = readPeriod(query, context.now);
  if (query.bucket !== undefined && (period.to - period.from) / query.bucket > maxBuckets) {
    throw new ReadError("invalid_parameter", `More than ${maxBuckets} buckets; take a wider one.`, "bucket");
  }
  const flows = visibleFlows(await knownFlows(stores.definitions), context.role)
    .map(({ flow }) => flow)
    .filter((flow) => query.flow === undefined || flow === query.flow);
  const groups = query.group ?? defaultGroups;
  const { counts, truncated } =
    query.attempts === true
      ? await countAttempts(stores.events, flows, period, groups)
      : {
          counts: await stores.journeys.countFailures({ flows, ...period }, groups, query.limit + 1),
          truncated: false,
        };
  const listed = counts.slice(0, query.limit);
  const { bucket } = query;
  const bucketsOf = bucket === undefined ? null : await countBuckets(stores, flows, { ...query, bucket }, period);
  return {
    from: toTime(period.from),
    to: toTime(period.to),
    ...(bucket !== undefined && { bucketMs: bucket }),
    groups: listed.map(({ group, count, firstAt, lastAt, newest }) => ({
      group: { ...group },
      count,
      firstAt: toTime(firstAt),
      lastAt: toTime(lastAt),
      samples: newest.map(({ flow, primary }) => ({ flow, primary })),
      ...(bucketsOf !== null && { buckets: bucketsOf(groups.map((name) => group[name] ?? null)) }),
    })),
    total: listed.reduce((sum, { count }) => sum + count, 0),
    truncated: truncated || counts.length > listed.length,
  };
}

type Buckets = NonNullable<FailuresAnswer["groups"][number]["buckets"]>;

/** Counts over time by the members of a group, in the order of the groups asked for. */
async function countBuckets(
  stores: Pick<ReadStores, "events" | "journeys">,
  flows: readonly FlowId[],
  query: FailuresQuery & { readonly bucket: number },
  period: Period,
): Promise<(members: readonly (string | null)[]) => Buckets> {
  const { bucket, attempts, group: groups = defaultGroups } = query;
  const sums = new Map<string, Map<number, number>>();
  const add = (kind: GroupMembers, at: number, count: number): void => {
    const place = JSON.stringify(groups.map((group) => memberOf(kind, group)));
    const own = sums.get(place) ?? new Map<number, number>();
    sums.set(place, own.set(at, (own.get(at) ?? 0) + count));
  };
  if (attempts === true) {
    for (const event of flows.length === 0 ? [] : await stores.events.listFailed({ flows, ...period }, maxEvents))
      add(event, Math.floor(event.eventTime / bucket) * bucket, 1);
  } else {
    const asked = { flows, ...period, states: ["failed", "overdue"] } as const;
    for (const { kind, buckets } of await stores.journeys.countTrouble(asked, bucket, maxKinds))
      for (const { at, count } of buckets) add(kind, at, count);
  }
  return (members) =>
    [...(sums.get(JSON.stringify(members)) ?? [])]
      .toSorted(([a], [b]) => a - b)
      .map(([at, count]) => ({ at: toTime(at), count }));
}

async function countAttempts(
  events: EventLog,
  flows: readonly FlowId[],
  period: Period,
  groups: readonly FailureGroup[],
): Promise<{ readonly counts: readonly FailureCount[]; readonly truncated: boolean }> {
  const failed = flows.length === 0 ? [] : await events.listFailed({ flows, ...period }, maxEvents);
  const grouped = Map.groupBy(failed, (event) => JSON.stringify(groups.map((group) => memberOf(event, group))));
  const counts = [...grouped.values()].map((own): FailureCount => {
    const times = own.map(({ eventTime }) => eventTime);
    const [first] = own;
    return {
      group: first === undefined ? {} : Object.fromEntries(groups.map((group) => [group, memberOf(first, group)])),
      count: own.length,
      firstAt: times.reduce((a, b) => Math.min(a, b)),
      lastAt: times.reduce((a, b) => Math.max(a, b)),
      newest: newestRecords(own),
    };
  });
  return { counts: counts.toSorted((a, b) => b.count - a.count), truncated: failed.length >= maxEvents };
}

/** What a failed event or a kind of failed journeys can be counted by. */
interface GroupMembers {
  readonly flow: string;
  readonly step: string | null;
  readonly system?: string | null;
  readonly errorClass: string | null;
  readonly field?: string | null;
  readonly point?: string | null;
  readonly signature: string | null;
}

function memberOf(event: GroupMembers, group: FailureGroup): string | null {
  switch (group) {
    case "flow":
      return event.flow;
    case "system":
      return event.system ?? null;
    case "step":
      return event.step;
    case "class":
      return event.errorClass;
    case "field":
      return event.field ?? null;
    case "point":
      return event.point ?? null;
    case "signature":
      return event.signature;
  }
}

/** Events come newest first; a record that failed often is one sample. */
function newestRecords(events: readonly FailedEvent[]): FailureCount["newest"] {
  const records = new Map<string, { readonly flow: FlowId; readonly primary: string }>();
  for (const { flow, primary } of events) {
    if (primary !== undefined) records.set(JSON.stringify([flow, primary]), { flow, primary });
    if (records.size === maxSamples) break;
  }
  return [...records.values()];
}
