import { stringify } from "yaml";
import { nameSteps } from "#ingest/import/name-steps.ts";

/** What one reading of a log tells of its activities. */
export interface LogProfile {
  readonly activities: ReadonlyMap<string, ActivityProfile>;
  readonly cases: number;
  readonly rows: number;
}

export interface ActivityProfile {
  count: number;
  /** Sum of places (0, 1, 2…) within its cases, for the mean. */
  placeSum: number;
  /** Directly preceding activity → how often. */
  readonly before: Map<string, number>;
}

export interface ProfiledRow {
  readonly case: string;
  readonly activity: string;
  readonly time: number;
}

/** Reads the cases in order of time (equal times keep the order of the file) and counts what follows what. */
export const profileLog = (rows: Iterable<ProfiledRow>): LogProfile => {
  const cases = new Map<string, ProfiledRow[]>();
  let total = 0;
  for (const row of rows) {
    const list = cases.get(row.case);
    if (list === undefined) cases.set(row.case, [row]);
    else list.push(row);
    total += 1;
  }
  const activities = new Map<string, ActivityProfile>();
  for (const list of cases.values()) {
    list.sort((a, b) => a.time - b.time);
    list.forEach((row, place) => {
      let profile = activities.get(row.activity);
      if (profile === undefined) {
        profile = { count: 0, placeSum: 0, before: new Map() };
        activities.set(row.activity, profile);
      }
      profile.count += 1;
      profile.placeSum += place;
      const previous = list[place - 1]?.activity;
      if (previous !== undefined && previous !== row.activity) {
        profile.before.set(previous, (profile.before.get(previous) ?? 0) + 1);
      }
    });
  }
  return { activities, cases: cases.size, rows: total };
};

/**
 * A flow as the log tells it: one optional step per activity, no deadlines. Each step comes after the activity that most often
 * stood right before it, among those that on average stand earlier: so there is no cycle, and hops have a latency.
 */
export const discoverFlow = (
  profile: LogProfile,
  names: {
    readonly flow: string;
    readonly title: string;
    readonly keyType: string;
    readonly aliases: readonly string[];
  },
): string => {
  const meanPlace = (activity: ActivityProfile): number => activity.placeSum / activity.count;
  const ordered = [...profile.activities].toSorted(([, a], [, b]) => meanPlace(a) - meanPlace(b) || b.count - a.count);
  const stepOf = nameSteps(ordered.map(([activity]) => activity));
  const rank = new Map(ordered.map(([activity], index) => [activity, index]));

  const steps = ordered.map(([activity, activityProfile], index) => {
    const earlier = [...activityProfile.before].filter(([before]) => (rank.get(before) ?? index) < index);
    const [predecessor] =
      earlier.toSorted(([a, x], [b, y]) => y - x || (rank.get(a) ?? 0) - (rank.get(b) ?? 0))[0] ?? [];
    return {
      id: stepOf.get(activity),
      system: names.flow,
      title: { en: activity, zh: activity },
      ...(predecessor === undefined ? {} : { after: stepOf.get(predecessor) }),
      optional: true,
    };
  });
  const flow = {
    flow: names.flow,
    title: { en: names.title, zh: names.title },
    record: { primary: names.keyType, ...(names.aliases.length === 0 ? {} : { aliases: names.aliases }) },
    steps,
  };
  const about = `# Written by "hopline import" from ${profile.rows} events of ${profile.cases} cases: one optional step per activity, no deadlines.\n# Edit it: say which steps are required, within what time, and whose they are.\n`;
  return about + stringify(flow, { lineWidth: 0 });
};
