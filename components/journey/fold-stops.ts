import { group } from "d3";
import { isDone, type JourneyGraph, type Link, type Stop } from "#components/journey/journey-graph.ts";

type Quiet = "done" | "waiting";

const idsBefore = (links: readonly Link[], id: string): readonly string[] =>
  links.filter((link) => link.to === id).map((link) => link.from);
const idsAfter = (links: readonly Link[], id: string): readonly string[] =>
  links.filter((link) => link.from === id).map((link) => link.to);

/** Stops nobody needs to look at, and why; what is wrong or late is never among them. `branches`: when there are too many of those. */
function quietStops(graph: JourneyGraph, keep: ReadonlySet<string>, branches: boolean): ReadonlyMap<string, Quiet> {
  const byId = new Map(graph.stops.map((stop) => [stop.id, stop]));
  const quiet = new Map<string, Quiet>();
  for (const stop of graph.stops) {
    if (keep.has(stop.id)) continue;
    const before = idsBefore(graph.links, stop.id).map((id) => byId.get(id));
    const after = idsAfter(graph.links, stop.id).map((id) => byId.get(id));
    if (stop.status === "settled" || stop.status === "skipped") {
      // the last one seen stays, unless others like it wait at the same join
      const lastSeen = idsAfter(graph.links, stop.id).some((id, index) => {
        const next = after[index];
        const waits = next !== undefined && !isDone(next.status);
        return waits && !(branches && idsBefore(graph.links, id).length > 1);
      });
      if (before.length > 0 && after.length > 0 && !lastSeen) quiet.set(stop.id, "done");
    } else if (stop.status === "pending" && !before.some((each) => each !== undefined && isDone(each.status))) {
      if (before.length > 0) quiet.set(stop.id, "waiting");
    }
  }
  return quiet;
}

/** Puts the stops of each group in the place of one. Groups do not overlap. */
function foldGroups(graph: JourneyGraph, groups: readonly (readonly string[])[]): JourneyGraph {
  const heads = new Map(groups.flatMap((ids) => ids.map((id) => [id, ids[0] ?? id] as const)));
  const members = new Map(groups.map((ids) => [ids[0] ?? "", ids]));
  const byId = new Map(graph.stops.map((stop) => [stop.id, stop]));
  const toStop = (stop: Stop): readonly Stop[] => {
    const head = heads.get(stop.id);
    if (head === undefined) return [stop];
    if (head !== stop.id) return [];
    const folded = (members.get(head) ?? []).flatMap((id) => byId.get(id) ?? []);
    const times = folded.flatMap((each) => each.at ?? []);
    return [
      {
        id: stop.id,
        steps: folded.flatMap((each) => each.steps),
        status: stop.status === "pending" ? "pending" : "settled",
        at: times.length === 0 ? null : Math.max(...times),
      },
    ];
  };
  const links = new Map<string, Link>();
  for (const link of graph.links) {
    const [from, to] = [heads.get(link.from) ?? link.from, heads.get(link.to) ?? link.to];
    if (from !== to) links.set(JSON.stringify([from, to]), { from, to });
  }
  return { ...graph, stops: inOrder(graph.stops.flatMap(toStop), [...links.values()]), links: [...links.values()] };
}

/** A fold stands where its first stop stood, which may now be before what leads to it: sort again, otherwise as it was. */
function inOrder(stops: readonly Stop[], links: readonly Link[]): readonly Stop[] {
  const byId = new Map(stops.map((stop) => [stop.id, stop]));
  const order = new Map<string, Stop>();
  const visit = (stop: Stop): void => {
    if (order.has(stop.id)) return;
    for (const id of idsBefore(links, stop.id)) {
      const before = byId.get(id);
      if (before !== undefined) visit(before);
    }
    order.set(stop.id, stop);
  };
  for (const stop of stops) visit(stop);
  return [...order.values()];
}

/** Runs of quiet steps, one after the other without a fork or join between, become one stop: "4 steps, all on time". */
export function foldRuns(graph: JourneyGraph, keep: ReadonlySet<string>, branches = false): JourneyGraph {
  const quiet = quietStops(graph, keep, branches);
  const runs: string[][] = [];
  const taken = new Set<string>();
  for (const stop of graph.stops) {
    const kind = quiet.get(stop.id);
    if (kind === undefined || taken.has(stop.id)) continue;
    const run = [stop.id];
    for (let last = stop.id; ;) {
      const [next, ...others] = idsAfter(graph.links, last);
      if (next === undefined || others.length > 0 || idsBefore(graph.links, next).length > 1) break;
      if (quiet.get(next) !== kind || taken.has(next)) break;
      run.push(next);
      last = next;
    }
    for (const id of run) taken.add(id);
    if (run.length > 1) runs.push(run);
  }
  return foldGroups(graph, runs);
}

/** Quiet branches between the same fork and the same join become one. */
export function foldBranches(graph: JourneyGraph, keep: ReadonlySet<string>): JourneyGraph {
  const quiet = quietStops(graph, keep, true);
  const branches = graph.stops.filter((stop) => quiet.has(stop.id));
  const place = (stop: Stop): string =>
    JSON.stringify([
      quiet.get(stop.id),
      idsBefore(graph.links, stop.id).toSorted(),
      idsAfter(graph.links, stop.id).toSorted(),
    ]);
  const groups = [...group(branches, place).values()].filter((stops) => stops.length > 1);
  return foldGroups(
    graph,
    groups.map((stops) => stops.map((stop) => stop.id)),
  );
}
