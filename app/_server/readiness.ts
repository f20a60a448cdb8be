import type { ConsoleContext } from "#app/_server/console-context.ts";

export interface Readiness {
  readonly ready: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Whether both stores answer and the worker put every flow file in force; the body lists flows with their version, and files that could not be taken. */
export const checkReadiness = async ({
  control,
  events,
}: Pick<ConsoleContext, "control" | "events">): Promise<Readiness> => {
  try {
    const [versions, active, problems, allInForce] = await Promise.all([
      control.definitions.listVersions(),
      control.definitions.listActive(),
      control.definitions.listProblems(),
      control.definitions.findSetting("flow-files-in-force"),
      events.sources.list(),
    ]);
    const newest = new Map(
      versions.toSorted((a, b) => a.savedAt - b.savedAt).map((version) => [version.flow, version]),
    );
    const flows = active.flatMap((flow) => {
      const version = newest.get(flow);
      return version === undefined
        ? []
        : [{ flow, version: version.hash, savedAt: new Date(version.savedAt).toISOString() }];
    });
    const ready = allInForce !== false;
    return { ready, body: { status: ready ? "ready" : "not_ready", flows, problems } };
  } catch (error) {
    return { ready: false, body: { status: "not_ready", flows: [], problems: [], detail: sentenceOf(error) } };
  }
};

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : "The store does not answer.");
