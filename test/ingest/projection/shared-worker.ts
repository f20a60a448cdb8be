import { createBacklog } from "#ingest/collector/backlog.ts";
import type { DeclaredWorld } from "#ingest/collector/call.ts";
import { createTakeUp } from "#ingest/collector/take-up.ts";
import { createWorld, type World } from "#ingest/collector/world.ts";
import { createDueJudge } from "#ingest/projection/due-judge.ts";
import { judgeSlice, matchSlice } from "#ingest/projection/again.ts";
import { createPortions } from "#ingest/projection/portions.ts";
import { createProjector } from "#ingest/projection/projector.ts";
import { openSourceBoard } from "#ingest/projection/source-board.ts";
import { checkKept } from "#lib/contract/check-kept.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowId } from "#lib/id/id.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { openEventStorage } from "#lib/storage/elasticsearch/event-storage.ts";
import type { SharedProjection } from "#lib/storage/shared-projection.ts";

/** One worker's projection on a cluster, without its sockets: it takes events in, projects them, and takes up what others left. */
export async function startWorker(
  cluster: Cluster,
  declared: DeclaredWorld,
  now: () => number,
  /** What stands between the projector and the store. */
  wrap: (shared: SharedProjection) => SharedProjection = (shared) => shared,
) {
  const opened = await openEventStorage({ cluster, now });
  const { shared } = opened.projection;
  if (shared === undefined) throw new Error("A cluster is shared");
  const storage = { ...opened, projection: { ...opened.projection, shared: wrap(shared) } };
  let world: World = createWorld(declared);
  const backlog = createBacklog();
  const board = await openSourceBoard(storage.sources, () => world);
  await board.loadFlows(world.flows);
  const projector = createProjector({
    storage,
    board,
    world: () => world,
    tools: { matchStep, checkKept },
    now,
    isWaiting: (event) => backlog.has(event),
  });
  const project = createPortions({
    backlog,
    projector,
    storage,
    onError(_, error) {
      throw error;
    },
  });
  const takeUp = createTakeUp({ storage, backlog, isSpooling: () => false, elapsed: () => 0 });
  const judgeDue = createDueJudge({ storage, board, projector, flows: () => world.flows, now });
  const projectAll = async (): Promise<void> => {
    while (await project());
  };
  return {
    storage,
    projector,
    projectAll,
    async accept(events: readonly StoredEvent[]): Promise<void> {
      const { outcomes, position, arrivals } = await storage.events.accept(
        events.map((event) => ({ event, matches: [] })),
      );
      const accepted = events.filter((_, at) => outcomes[at] === "accepted");
      if (position === null || accepted.length === 0) return;
      backlog.add({ events: accepted, position, arrivals: (arrivals ?? []).filter((each) => each !== null) });
    },
    /** Puts other declarations in force, as the collector does. */
    async declare(next: DeclaredWorld): Promise<void> {
      await projectAll();
      world = createWorld(next);
      await board.loadFlows(world.flows);
    },
    /** Matches all kept events with these versions again. */
    async matchAgain(hashes: readonly string[]): Promise<void> {
      await shared.seeEvents();
      await matchSlice({ hashes, after: null }, { storage, projector, world: () => world });
    },
    async judgeFlow(flow: FlowId): Promise<void> {
      await judgeSlice({ flow, after: null, all: false }, { storage, projector, world: () => world });
    },
    /** Everything that any worker which is not there any more has left, and then what is due. */
    async finish(): Promise<void> {
      await shared.seeEvents();
      while ((await takeUp({ since: 0, ofOthers: true, isPatient: false })) > 0) await projectAll();
      await projectAll();
      while ((await judgeDue()).more);
    },
  };
}

export type SharedWorker = Awaited<ReturnType<typeof startWorker>>;
