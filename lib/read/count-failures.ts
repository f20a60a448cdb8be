import type { FailuresAnswer, FailuresQuery } from "#lib/api/journeys-schema.ts";
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

/** Failed and overdue journeys by what they have in common, or (`attempts`) failed events, most first. */
export async function countFailures(
  stores: ReadStores,
  query: FailuresQuery,
  context: ReadContext,
): Promise<FailuresAnswer> {
  const period = readPeriod(query, context.now);
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
  return {
    from: toTime(period.from),
    to: toTime(period.to),
    groups: listed.map(({ group, count, firstAt, lastAt, newest }) => ({
      group: { ...group },
      count,
      firstAt: toTime(firstAt),
      lastAt: toTime(lastAt),
      samples: newest.map(({ flow, primary }) => ({ flow, primary })),
    })),
    total: listed.reduce((sum, { count }) => sum + count, 0),
    truncated: truncated || counts.length > listed.length,
  };
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

function memberOf(event: FailedEvent, group: FailureGroup): string | null {
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
