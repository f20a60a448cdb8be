import { describe, expect, it, onTestFinished } from "vitest";
import { createBacklog } from "#ingest/collector/backlog.ts";
import { createWorld } from "#ingest/collector/world.ts";
import { parseFolder } from "#ingest/flow-files/parse-folder.ts";
import { createPortions } from "#ingest/projection/portions.ts";
import { createProjector } from "#ingest/projection/projector.ts";
import { openSourceBoard } from "#ingest/projection/source-board.ts";
import { checkKept } from "#lib/contract/check-kept.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import { toSourceId, toStepId } from "#lib/id/id.ts";
import { openEvents } from "#lib/storage/open.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { makeEvent, order, orderNo, orders } from "#test/conformance/events/make.ts";
import { makeHome } from "#test/support/home.ts";

const text = `
flow: orders
record: { primary: order_no }
steps: [{ id: placed, system: oms }]
`;
const parsed = parseFolder({ stamp: "", files: [{ path: "f.yaml", text }], refused: [] }, (each) => each);
const declaration = parsed.flows[0]?.flow;
if (declaration === undefined) throw new Error(JSON.stringify(parsed.problems));
const world = createWorld({
  versions: [{ flow: orders, hash: "v1", from: -Infinity, savedAt: 1, declaredIn: "file", text, declaration }],
  active: [orders],
  surroundings: { people: { systems: {}, teams: {} }, sources: [] },
  privacy: null,
  calendars: [],
  matchingAgain: [],
});
const events = Array.from({ length: 6 }, (_, index) =>
  makeEvent(`e${index}`, { step: toStepId("placed"), keys: { [orderNo]: [`SO-${index % 2}`] } }),
);

/** A projector whose rules break on `broken`, over a store that refuses the commits with these numbers. */
async function openBroken(broken: string, refused: readonly number[]) {
  const { home, remove } = makeHome();
  onTestFinished(remove);
  const storage = await openEvents({ home, elasticsearch: null }, { mode: "writer", now: Date.now });
  onTestFinished(async () => storage.close());
  const backlog = createBacklog();
  const board = await openSourceBoard(storage.sources, () => world);
  const leftOut: string[] = [];
  let commits = 0;
  const projection: typeof storage.projection = {
    position: async () => storage.projection.position(),
    flush: async () => storage.projection.flush(),
    expire: async (before) => storage.projection.expire(before),
    forget: async (what) => storage.projection.forget(what),
    async commit(change) {
      commits += 1;
      if (refused.includes(commits)) throw new StorageError("full", "The disk is full.");
      await storage.projection.commit(change);
    },
  };
  const projector = createProjector({
    storage: { events: storage.events, units: storage.units, crosswalk: storage.crosswalk, projection },
    board,
    world: () => world,
    tools: {
      checkKept,
      matchStep(event, flow) {
        if (event.id === broken) throw new Error("a mistake of ours");
        return matchStep(event, flow);
      },
    },
    now: Date.now,
    isWaiting: (event) => backlog.has(event),
  });
  const next = createPortions({
    backlog,
    projector,
    storage,
    onError(event) {
      if (event !== null) leftOut.push(event.id);
    },
  });
  const { position } = await storage.events.accept(events.map((event) => ({ event, matches: [] })));
  if (position === null) throw new Error("nothing was accepted");
  backlog.add({ events, position });
  const finish = async (): Promise<number> => {
    for (let refusals = 0; ;) {
      try {
        if (!(await next())) return refusals;
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        refusals += 1;
      }
    }
  };
  const eventsOf = async (value: string) => (await storage.journeys.find(orders, order(value).value))?.eventsTotal ?? 0;
  return { storage, position, leftOut, finish, eventsOf };
}

describe("a portion with an event that our rules break on", () => {
  it("is projected but for that event", async () => {
    const { storage, position, leftOut, finish, eventsOf } = await openBroken("e3", []);
    expect(await finish()).toBe(0);
    expect(leftOut).toEqual(["e3"]);
    expect([await eventsOf("SO-0"), await eventsOf("SO-1")]).toEqual([3, 2]);
    expect(await storage.projection.position()).toBe(position);
    expect(await storage.sources.list()).toMatchObject([{ source: toSourceId("oms"), acceptedTotal: events.length }]);
  });

  it.each([[[1]], [[3]], [[4]], [[6]], [[2, 3, 5]]])(
    "counts every other event once where the disk is full at commit %j of it",
    async (refused) => {
      const { storage, leftOut, finish, eventsOf } = await openBroken("e3", refused);
      expect(await finish()).toBe(refused.length);
      expect(new Set(leftOut)).toEqual(new Set(["e3"]));
      expect([await eventsOf("SO-0"), await eventsOf("SO-1")]).toEqual([3, 2]);
      expect(await storage.sources.list()).toMatchObject([{ source: toSourceId("oms"), acceptedTotal: events.length }]);
    },
  );
});
