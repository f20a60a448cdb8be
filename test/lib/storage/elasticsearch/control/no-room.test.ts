import { afterEach, describe, expect, it } from "vitest";
import { auditSchema, controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { setUpControlCorner } from "#test/support/control-corner.ts";
import { waitFor } from "#test/support/wait-for.ts";

const corner = setUpControlCorner();
const { cluster } = corner;

/** What the cluster itself does to an index on a disk that is full. */
const flood = async (isFull: boolean): Promise<void> => {
  await cluster.client.indices.putSettings({
    index: [cluster.indexOf(controlSchema), `${cluster.aliasOf(auditSchema)}-*`],
    settings: { "index.blocks.read_only_allow_delete": isFull ? true : null },
  });
};
afterEach(async () => {
  await flood(false);
  await corner.empty();
});

const added = { at: 1, by: "li", action: "masking_exception.added", object: "field:x", result: "done" } as const;
const day = 24 * 60 * 60 * 1_000;

describe("a cluster whose disks are full", () => {
  it("is opened and read, refuses changes as full, and takes them again when there is room", async () => {
    const { storage } = await corner.open();
    const { id } = await storage.access.createUser(
      { name: "wang", role: "administrator", passwordHash: "h", createdAt: 1 },
      "command",
    );
    const asked = await storage.requests.add({ kind: "redrive", input: {}, by: "li", createdAt: 1 });
    await storage.requests.take();
    await storage.requests.finish(asked.id, "done", {});
    await flood(true);
    // a worker would also let go of answers that are older than 30 days
    const { storage: worker } = await corner.open({ mode: "worker", now: () => 31 * day });
    expect(await worker.access.findUser(id)).toMatchObject({ name: "wang" });
    expect(await worker.access.findUserByName("WANG")).toMatchObject({ id });
    expect(await worker.requests.take()).toBeNull();
    await expect(worker.access.changeRole(id, "support", "wang")).rejects.toMatchObject({ code: "conflict" });
    await expect(worker.access.recordSignIn(id, 2)).rejects.toMatchObject({ code: "full", retryable: true });
    await worker.audit.append([{ at: 3, by: "wang", action: "record.read", object: "o", result: "done" }]);
    await expect(worker.audit.heads()).rejects.toMatchObject({ code: "full" });
    await corner.seen();
    const kept = await worker.audit.list({ cursor: null, limit: 10 });
    expect(kept.items.map(({ action }) => action)).toEqual(["redrive.requested", "user.created"]);
    await flood(false);
    await worker.access.recordSignIn(id, 4);
    expect(await worker.access.findUser(id)).toMatchObject({ lastSignInAt: 4 });
    await corner.seen();
    const { items } = await worker.audit.list({ cursor: null, limit: 10 });
    expect(items.map(({ action, at }) => [action, at])).toEqual([
      ["user.signed_in", 4],
      ["record.read", 3],
      ["redrive.requested", 1],
      ["user.created", 1],
    ]);
    expect(await worker.audit.verify()).toBeNull();
  });

  it("is read as it was before a change that a dead process decided, which is done when there is room", async () => {
    const { storage: first } = await corner.open();
    await first.definitions.changeSetting("x", () => 1, added);
    const dying = await corner.open();
    dying.life.killAtWrite(1, "before");
    await expect(dying.storage.definitions.changeSetting("x", () => 2, added)).rejects.toThrow("killed");
    await flood(true);
    const { storage } = await corner.open();
    expect(await storage.definitions.revision()).toBe(1);
    expect(await storage.definitions.findSetting("x")).toBe(1);
    expect(await storage.definitions.listActive()).toEqual([]);
    await corner.seen();
    expect((await storage.audit.list({ cursor: null, limit: 10 })).items).toHaveLength(1);
    await flood(false);
    await waitFor("the change", async () => (await storage.definitions.revision()) === 2);
    expect(await storage.definitions.findSetting("x")).toBe(2);
    await corner.seen();
    expect((await storage.audit.list({ cursor: null, limit: 10 })).items).toHaveLength(2);
    expect(await storage.audit.verify()).toBeNull();
  });
});
