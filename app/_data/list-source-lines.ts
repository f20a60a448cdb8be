import "server-only";
import { join } from "node:path";
import type { SourceLine } from "#components/sources/source-line.ts";
import { mayDo } from "#lib/access/permission.ts";
import { titleIn } from "#lib/people/title-in.ts";
import { knownFlows } from "#lib/read/known-flows.ts";
import type { SourcesAnswer } from "#lib/api/intake-schema.ts";
import { currentConsole } from "#app/_data/console.ts";
import { listSources } from "#app/_data/list-intake.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

type Source = SourcesAnswer["items"][number];

const order: readonly SourceLine["state"][] = ["silent", "never", "undeclared", "alive"];
const msOf = (time: string | null): number | null => (time === null ? null : Date.parse(time));

const stateOf = ({ silent, silentAfterMs, lastSeenAt }: Source): SourceLine["state"] => {
  if (lastSeenAt === null) return "never";
  if (silent) return "silent";
  return silentAfterMs === undefined ? "undeclared" : "alive";
};

/** The sources with words for their state, silent ones first; `file`: where they are declared, for those who declare them. */
export async function listSourceLines(viewer: Viewer): Promise<{
  readonly lines: readonly SourceLine[];
  readonly file: string | null;
  readonly mayReadLetters: boolean;
}> {
  const { stores } = readScope(viewer, "sources.read");
  const [{ items }, known] = await Promise.all([listSources(viewer), knownFlows(stores.definitions)]);
  const declarations = new Map<string, (typeof known.flows)[number]["newest"]["declaration"]>(
    known.flows.map(({ flow, newest }) => [flow, newest.declaration]),
  );
  const stepsOf = ({ steps }: Source): SourceLine["steps"] =>
    [...Map.groupBy(steps, ({ flow }) => flow)].map(([flow, own]) => {
      const declaration = declarations.get(flow);
      const nameOf = (id: string): string =>
        titleIn(declaration?.steps.find((step) => step.id === id)?.title, viewer.language, id);
      return {
        flowName: titleIn(declaration?.title, viewer.language, flow),
        stepNames: own.map(({ step }) => nameOf(step)),
      };
    });
  const lines = items.map((item): SourceLine => {
    const newest = [msOf(item.newestEventAt), msOf(item.heartbeatAt)].filter((at) => at !== null);
    return {
      source: item.source,
      state: stateOf(item),
      newestAt: newest.length === 0 ? null : Math.max(...newest),
      lastSeenAt: msOf(item.lastSeenAt),
      watermark: msOf(item.watermark),
      silentAfterMs: item.silentAfterMs ?? null,
      delayMs: item.delayMs ?? 0,
      ratePerMinute: item.ratePerMinute,
      accepted: item.acceptedTotal,
      duplicates: item.duplicateTotal,
      rejected: item.rejectedTotal,
      unmatched: item.unmatchedTotal,
      steps: stepsOf(item),
    };
  });
  const mayReadLetters = mayDo(viewer.role, "dead_letters.read");
  return {
    lines: lines.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
    file: mayReadLetters ? join(currentConsole().settings.flows, "sources.yaml") : null,
    mayReadLetters,
  };
}
