import { afterEach, describe, expect, it } from "vitest";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { toFlowId, toKeyType } from "#lib/id/id.ts";
import type { AuditEntry } from "#lib/storage/audit.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { setUpControlCorner } from "#test/support/control-corner.ts";

const corner = setUpControlCorner();
afterEach(corner.empty);

const openMany = async (count: number): Promise<readonly ControlStorage[]> => {
  const born = await Promise.all(Array.from({ length: count }, async () => corner.open()));
  return born.map(({ storage }) => storage);
};

type Outcome<Value> = { readonly value: Value } | { readonly code: unknown };

/** All of it at the same moment; what each came to. */
const atOnce = async <Value>(works: readonly Promise<Value>[]): Promise<readonly Outcome<Value>[]> => {
  const settled = await Promise.allSettled(works);
  return settled.map((each) =>
    each.status === "fulfilled"
      ? { value: each.value }
      : { code: each.reason instanceof Error && "code" in each.reason ? each.reason.code : each.reason },
  );
};
const conflicts = (outcomes: readonly Outcome<unknown>[]): number =>
  outcomes.filter((each) => "code" in each && each.code === "conflict").length;
const values = <Value>(outcomes: readonly Outcome<Value>[]): readonly Value[] =>
  outcomes.flatMap((each) => ("value" in each ? [each.value] : []));

const told = async ({ audit }: ControlStorage): Promise<readonly AuditEntry[]> => {
  await corner.seen();
  expect(await audit.verify()).toBeNull();
  return (await audit.list({ cursor: null, limit: 1_000 })).items;
};
const administrator = (name: string) => ({ name, role: "administrator", passwordHash: "h", createdAt: 1 }) as const;
const version = (declaredIn: FlowVersion["declaredIn"]): FlowVersion => ({
  flow: toFlowId("orders"),
  hash: declaredIn,
  from: -Infinity,
  savedAt: 1,
  declaredIn,
  text: "",
  declaration: {
    flow: toFlowId("orders"),
    primary: toKeyType("order_no"),
    aliases: [],
    searchable: [],
    match: [],
    objectives: [],
    steps: [],
  },
});

describe("several processes at the same moment", () => {
  it("leave one of two administrators who disable each other", async () => {
    const [one, other] = await openMany(2);
    if (one === undefined || other === undefined) throw new Error("two were opened");
    const wang = await one.access.createUser(administrator("wang"), "command");
    const li = await one.access.createUser(administrator("li"), "command");
    for (let round = 1; round <= 5; round += 1) {
      const outcomes = await atOnce([
        one.access.setDisabled(li.id, true, "wang"),
        other.access.setDisabled(wang.id, true, "li"),
      ]);
      expect(conflicts(outcomes)).toBe(1);
      const users = await one.access.listUsers();
      const [disabled] = users.filter((user) => user.disabled);
      expect(users.filter((user) => user.disabled)).toHaveLength(1);
      await one.access.setDisabled(disabled?.id ?? "", false, "command");
    }
    const entries = await told(one);
    expect(entries.filter(({ action }) => action === "user.disabled")).toHaveLength(5);
  });

  it("give a name to one of those who ask for it, and tell of that one alone", async () => {
    const storages = await openMany(5);
    const [first] = storages;
    const outcomes = await atOnce(
      storages.map(async ({ access }, place) =>
        access.createUser(administrator(place % 2 === 0 ? "Wang" : "wang"), "command"),
      ),
    );
    expect([values(outcomes).length, conflicts(outcomes)]).toEqual([1, 4]);
    expect(await first?.access.countUsers()).toBe(1);
    expect(await first?.access.listUsers()).toEqual(values(outcomes));
    expect(first && (await told(first))).toMatchObject([{ action: "user.created" }]);
  });

  it("give a flow to the file or to the console", async () => {
    const [worker, console] = await openMany(2);
    if (worker === undefined || console === undefined) throw new Error("two were opened");
    const outcomes = await atOnce([
      worker.definitions.saveVersion(version("file"), "worker"),
      console.definitions.saveVersion(version("console"), "li"),
    ]);
    expect([values(outcomes), conflicts(outcomes)]).toEqual([[true], 1]);
    expect(await worker.definitions.listVersions()).toHaveLength(1);
    expect(await told(console)).toHaveLength(1);
  });

  it("make one administrator by a set-up link used twice", async () => {
    const [one, other] = await openMany(2);
    if (one === undefined || other === undefined) throw new Error("two were opened");
    await one.access.saveSetupLink("link", 10);
    const user = { passwordHash: "h", createdAt: 5 };
    const outcomes = await atOnce([
      one.access.useSetupLink("link", { ...user, name: "wang" }),
      other.access.useSetupLink("link", { ...user, name: "li" }),
    ]);
    expect(values(outcomes).filter((made) => made !== null)).toHaveLength(1);
    expect(await other.access.countUsers()).toBe(1);
    expect(await told(one)).toMatchObject([{ action: "user.created", detail: { setUpLink: true } }]);
  });

  it("set a password once by a link used twice", async () => {
    const [one, other] = await openMany(2);
    if (one === undefined || other === undefined) throw new Error("two were opened");
    const link = { secretHash: "link", expiresAt: 10 };
    await one.access.createUser({ ...administrator("li"), passwordHash: link }, "command");
    const hashes = ["h1", "h2"];
    const outcomes = await atOnce(
      [one, other].map(async ({ access }, place) => access.usePasswordLink("link", hashes[place] ?? "", 5)),
    );
    const users = values(outcomes);
    expect(users.filter((user) => user !== null)).toHaveLength(1);
    const winner = hashes[users.findIndex((user) => user !== null)];
    expect(await one.access.findUserByName("li")).toMatchObject({ passwordHash: winner, sessionVersion: 2 });
  });

  it("revoke a token once, close a journey once, and keep both notes", async () => {
    const [one, other] = await openMany(2);
    if (one === undefined || other === undefined) throw new Error("two were opened");
    const journey = { flow: toFlowId("orders"), primary: "SO-1" };
    const token = await one.access.createToken(
      {
        name: "oms",
        scopes: ["ingest"],
        role: "support",
        sources: [],
        systems: [],
        createdAt: 1,
        expiresAt: null,
        secretHash: "s",
      },
      "li",
    );
    const both = [one, other];
    const done = await Promise.all([
      atOnce(both.map(async ({ access }) => access.revokeToken(token.id, 2, "li"))),
      atOnce(both.map(async ({ closings }) => closings.close({ ...journey, at: 3, by: "li", reason: "r" }))),
      atOnce(
        both.map(async ({ notes }, place) => notes.add({ ...journey, at: place, author: "u", by: "li", text: "t" })),
      ),
    ]);
    expect(done.map((outcomes) => values<unknown>(outcomes).filter(Boolean).length)).toEqual([1, 1, 2]);
    expect(await one.notes.list(journey)).toHaveLength(2);
    expect(await told(one)).toHaveLength(5);
  });

  it("lose no change of a setting, and count each in the revision", async () => {
    const storages = await openMany(4);
    const [first] = storages;
    const entry = { at: 1, by: "li", action: "masking_exception.added", object: "field:x", result: "done" } as const;
    const add = (value: unknown): unknown => Number(value ?? 0) + 1;
    const outcomes = await atOnce(
      storages.flatMap(({ definitions }) =>
        Array.from({ length: 5 }, async () => definitions.changeSetting("sum", add, entry)),
      ),
    );
    expect(values(outcomes)).toHaveLength(20);
    expect(await first?.definitions.findSetting("sum")).toBe(20);
    expect(await first?.definitions.revision()).toBe(20);
    expect(first && (await told(first))).toHaveLength(20);
  });

  it("keep a preference that is saved while the role changes", async () => {
    const [one, other] = await openMany(2);
    if (one === undefined || other === undefined) throw new Error("two were opened");
    await one.access.createUser(administrator("wang"), "command");
    const { id } = await one.access.createUser(administrator("li"), "command");
    for (let round = 1; round <= 10; round += 1) {
      const timeZone = `Zone/${round}`;
      const role = round % 2 === 0 ? "support" : "manager";
      await Promise.all([
        one.access.changeRole(id, role, "wang"),
        other.access.savePreferences(id, { language: "zh", theme: "dark", timeZone, singleKeys: false }),
      ]);
      expect(await other.access.findUser(id)).toMatchObject({ role, timeZone, sessionVersion: round + 1 });
    }
  });
});
