import { afterEach, describe, expect, it } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import type { AuditEntry } from "#lib/storage/audit.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { setUpControlCorner } from "#test/support/control-corner.ts";

const corner = setUpControlCorner();
afterEach(corner.empty);

interface Deed {
  readonly action: string;
  act(storage: ControlStorage): Promise<unknown>;
  /** How often it shows to whoever reads. */
  count(storage: ControlStorage): Promise<number>;
}

const journey = { flow: toFlowId("orders"), primary: "SO-1" };
const entry: AuditEntry = { at: 1, by: "li", action: "masking_exception.added", object: "field:x", result: "done" };

const deeds: readonly Deed[] = [
  {
    action: "user.created",
    act: async ({ access }) =>
      access.createUser({ name: "wang", role: "administrator", passwordHash: "h", createdAt: 1 }, "command"),
    count: async ({ access }) => (await access.listUsers()).length,
  },
  {
    action: "masking_exception.added",
    act: async ({ definitions }) => definitions.changeSetting("sum", (value) => Number(value ?? 0) + 1, entry),
    count: async ({ definitions }) => Number((await definitions.findSetting("sum")) ?? 0),
  },
  {
    action: "journey.closed",
    act: async ({ closings }) => closings.close({ ...journey, at: 1, by: "li", reason: "r" }),
    count: async ({ closings }) => (await closings.list()).length,
  },
  {
    action: "note.added",
    act: async ({ notes }) => notes.add({ ...journey, at: 1, author: "u", by: "li", text: "t" }),
    count: async ({ notes }) => (await notes.list(journey)).length,
  },
  {
    action: "redrive.requested",
    act: async ({ requests }) => requests.add({ kind: "redrive", input: {}, by: "li", createdAt: 1 }),
    count: async ({ requests }) => ((await requests.findNewest(["redrive"])) === null ? 0 : 1),
  },
];

const told = async ({ audit }: ControlStorage): Promise<readonly string[]> => {
  await corner.seen();
  expect(await audit.verify()).toBeNull();
  return (await audit.list({ cursor: null, limit: 100 })).items.map(({ action }) => action);
};

/** Decided, done in the documents, told, and done with: the writes of one change. */
const writes = [0, 1, 2, 3];

describe.each(deeds)("a process that is killed at $action", ({ action, act, count }) => {
  it.each(writes.flatMap((write) => (["before", "after"] as const).map((moment) => ({ write, moment }))))(
    "leaves it done and told once, or neither, $moment write $write",
    async ({ write, moment }) => {
      const dying = await corner.open();
      dying.life.killAtWrite(write, moment);
      await expect(act(dying.storage)).rejects.toMatchObject({ code: "unavailable" });
      expect(dying.life.isDead).toBe(true);
      const { storage } = await corner.open();
      const isDecided = write > 0 || moment === "after";
      expect(await count(storage)).toBe(isDecided ? 1 : 0);
      expect(await told(storage)).toEqual(isDecided ? [action] : []);
      const { storage: third } = await corner.open();
      expect(await told(third)).toEqual(isDecided ? [action] : []);
    },
  );
});

describe("an answer that is lost", () => {
  /** Sends every write twice and hears the second answer only: what the client does where the first one does not come. */
  const twice = (cluster: Cluster): Cluster => ({
    ...cluster,
    async write(operations) {
      await cluster.write(operations);
      return cluster.write(operations);
    },
  });

  it("makes nobody believe that another was faster", async () => {
    const { storage } = await corner.open({ through: twice });
    for (const { act, count } of deeds) {
      await act(storage);
      expect(await count(storage)).toBe(1);
    }
    await storage.audit.append([{ ...entry, action: "record.read" }]);
    await storage.access.createUser({ name: "li", role: "support", passwordHash: "h", createdAt: 2 }, "command");
    expect((await told(storage)).toSorted()).toEqual(
      [...deeds.map(({ action }) => action), "record.read", "user.created"].toSorted(),
    );
    expect(await storage.audit.heads()).toMatchObject([{ sequence: 7 }]);
  });

  /** Every other write fails as seen from here, after the cluster has done it. */
  const deaf = (cluster: Cluster): Cluster => {
    let turn = 0;
    return {
      ...cluster,
      async write(operations) {
        const outcomes = await cluster.write(operations);
        turn += 1;
        if (turn % 2 === 1) throw Object.assign(new Error("no answer came"), { code: "unavailable" });
        return outcomes;
      },
    };
  };

  it("leaves no gap in the chain, and no entry twice", async () => {
    const { storage } = await corner.open({ through: deaf });
    const reads = [1, 2, 3].map((at) => ({ ...entry, at, action: "record.read" }));
    for (const read of reads) {
      await storage.audit.append([read]);
      await storage.audit.heads().catch(() => undefined);
    }
    for (const { act } of deeds) await act(storage).catch(() => undefined);
    const { storage: other } = await corner.open();
    const actions = await told(other);
    expect(actions.filter((action) => action === "record.read")).toHaveLength(3);
    for (const { action, count } of deeds) {
      expect(actions.filter((each) => each === action)).toHaveLength(await count(other));
    }
  });
});

describe("a process that was stopped and goes on", () => {
  /** Holds back the writes after the first ones until it is let go. */
  const held = (free: number): { through(cluster: Cluster): Cluster; letGo(): void; stopped: Promise<void> } => {
    const gate = Promise.withResolvers<void>();
    const stop = Promise.withResolvers<void>();
    return {
      through(cluster) {
        let left = free;
        return {
          ...cluster,
          async write(operations) {
            left -= 1;
            if (left < 0) {
              stop.resolve();
              await gate.promise;
            }
            return cluster.write(operations);
          },
        };
      },
      letGo: gate.resolve,
      stopped: stop.promise,
    };
  };

  it.each([1, 2, 3])("changes nothing of what others did since, stopped after write %i", async (free) => {
    const { storage } = await corner.open();
    await storage.access.createUser({ name: "wang", role: "administrator", passwordHash: "h", createdAt: 1 }, "wang");
    const { id } = await storage.access.createUser(
      { name: "li", role: "support", passwordHash: "h", createdAt: 1 },
      "wang",
    );
    const { through, letGo, stopped } = held(free);
    const { storage: slow } = await corner.open({ through });
    const changing = slow.access.setDisabled(id, true, "wang");
    await stopped;
    await storage.access.setDisabled(id, false, "wang");
    await storage.access.changeRole(id, "manager", "wang");
    letGo();
    await changing;
    expect(await storage.access.findUser(id)).toMatchObject({ disabled: false, role: "manager", sessionVersion: 4 });
    expect((await told(storage)).filter((action) => action === "user.disabled")).toHaveLength(1);
  });
});

describe("an entry without a moment", () => {
  it("is refused before anything is decided or waits behind it", async () => {
    const { storage } = await corner.open();
    const wrong = { ...entry, at: Number.NaN };
    await expect(storage.audit.append([wrong])).rejects.toThrow(RangeError);
    await expect(storage.definitions.changeSetting("x", () => 1, wrong)).rejects.toThrow(RangeError);
    expect(await storage.definitions.findSetting("x")).toBeNull();
    expect(await storage.definitions.changeSetting("x", () => 2, entry)).toBe(true);
    expect(await told(storage)).toEqual([entry.action]);
  });
});
