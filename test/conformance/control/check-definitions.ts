import { describe, expect, it } from "vitest";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { toFlowId, toKeyType, toSourceId, toStepId, toSystemId } from "#lib/id/id.ts";
import { useControlBed, type ControlAdapter } from "#test/conformance/control/control-kit.ts";

const version = (flow: string, hash: string, changes: Partial<FlowVersion> = {}): FlowVersion => ({
  flow: toFlowId(flow),
  hash,
  from: -Infinity,
  savedAt: 1_000,
  declaredIn: "file",
  text: `flow: ${flow}\n# ${hash}`,
  declaration: {
    flow: toFlowId(flow),
    primary: toKeyType("order_no"),
    aliases: [toKeyType("payment_no")],
    searchable: [],
    match: [],
    objectives: [],
    steps: [
      {
        id: toStepId("placed"),
        system: toSystemId("oms"),
        after: [],
        afterAny: [],
        optional: false,
        ends: false,
        sends: false,
        strict: false,
        sources: [],
        owners: { provides: "sales-ops" },
        title: { en: "Placed", zh: "下单" },
      },
    ],
  },
  ...changes,
});

export const checkDefinitions = (adapter: ControlAdapter): void => {
  describe(`definitions of ${adapter.name}`, () => {
    const kit = useControlBed(adapter);

    it("gives back a version as it was saved, the beginning of time included", async () => {
      const { definitions } = await kit.open("worker");
      const saved = version("order-to-cash", "h1");
      expect(await definitions.saveVersion(saved, "worker")).toBe(true);
      expect(await definitions.listVersions()).toEqual([saved]);
    });

    it("takes a flow away with all of its versions, and what people said of its journeys", async () => {
      const { definitions, closings, audit } = await kit.open("worker");
      await definitions.saveVersion(version("sample", "h1", { declaredIn: "console" }), "ada");
      await definitions.saveVersion(version("sample", "h2", { declaredIn: "console" }), "ada");
      const kept = version("orders", "h3");
      await definitions.saveVersion(kept, "worker");
      await closings.close({ flow: toFlowId("sample"), primary: "SO-1", at: 1, by: "li", reason: "test" });
      const revision = await definitions.revision();
      expect(await definitions.removeFlow(toFlowId("sample"), "ada")).toBe(true);
      expect(await definitions.removeFlow(toFlowId("sample"), "ada")).toBe(false);
      expect(await definitions.listVersions()).toEqual([kept]);
      expect(await definitions.listActive()).toEqual(["orders"]);
      expect(await definitions.revision()).toBeGreaterThan(revision);
      expect((await audit.list({ cursor: null, limit: 1 })).items).toMatchObject([
        { by: "ada", action: "flow.removed", object: "flow:sample" },
      ]);
      expect(await closings.list()).toEqual([]);
      // whoever declares it next may be a file
      expect(await definitions.saveVersion(version("sample", "h1"), "worker")).toBe(true);
    });

    it("lists versions by flow, then by when they begin to judge", async () => {
      const { definitions } = await kit.open("worker");
      await definitions.saveVersion(version("b", "b1"), "worker");
      await definitions.saveVersion(version("b", "b2", { from: 5_000, savedAt: 5_000 }), "worker");
      await definitions.saveVersion(version("b", "b3", { from: 2_000, savedAt: 6_000 }), "worker");
      await definitions.saveVersion(version("a", "a1"), "worker");
      expect((await definitions.listVersions()).map((one) => one.hash)).toEqual(["a1", "b1", "b3", "b2"]);
    });

    it("changes nothing when the newest version is saved again, and keeps an older one that returns", async () => {
      const { definitions } = await kit.open("worker");
      await definitions.saveVersion(version("a", "a1"), "worker");
      const revision = await definitions.revision();
      expect(await definitions.saveVersion(version("a", "a1", { savedAt: 9_000 }), "worker")).toBe(false);
      expect(await definitions.revision()).toBe(revision);
      await definitions.saveVersion(version("a", "a2", { from: 2_000 }), "worker");
      expect(await definitions.saveVersion(version("a", "a1", { from: 3_000 }), "worker")).toBe(true);
      expect((await definitions.listVersions()).map((one) => one.hash)).toEqual(["a1", "a2", "a1"]);
    });

    it("refuses a flow from the console that a file declared first, and the other way round", async () => {
      const { definitions } = await kit.open("worker");
      await definitions.saveVersion(version("a", "a1"), "worker");
      await definitions.saveVersion(version("b", "b1", { declaredIn: "console" }), "li");
      await expect(definitions.saveVersion(version("a", "a2", { declaredIn: "console" }), "li")).rejects.toMatchObject({
        code: "conflict",
      });
      await expect(definitions.saveVersion(version("b", "b2"), "worker")).rejects.toMatchObject({ code: "conflict" });
      expect((await definitions.listVersions()).map((one) => one.hash)).toEqual(["a1", "b1"]);
    });

    it("audits a saved version with who saved it, and nothing where nothing changed", async () => {
      const { definitions, audit } = await kit.open("worker");
      await definitions.saveVersion(version("a", "a1"), "li");
      await definitions.saveVersion(version("a", "a1"), "li");
      const { items } = await audit.list({ cursor: null, limit: 10 });
      expect(items).toMatchObject([{ by: "li", action: "flow.saved", object: "flow:a", detail: { hash: "a1" } }]);
    });

    it("tells every process of a change by a growing revision", async () => {
      const [worker, console] = [await kit.open("worker"), await kit.open("console")];
      const before = await console.definitions.revision();
      await worker.definitions.saveVersion(version("a", "a1"), "worker");
      const after = await console.definitions.revision();
      expect(after).toBeGreaterThan(before);
      await worker.definitions.saveSurroundings({ people: { systems: { oms: {} }, teams: {} }, sources: [] });
      expect(await console.definitions.revision()).toBeGreaterThan(after);
    });

    it("knows which flows are still declared, and takes one back when it is declared again", async () => {
      const { definitions } = await kit.open("worker");
      await definitions.saveVersion(version("a", "a1"), "worker");
      await definitions.saveVersion(version("b", "b1"), "worker");
      await definitions.saveVersion(version("c", "c1", { declaredIn: "console" }), "li");
      await definitions.saveActive("file", [toFlowId("b")]);
      expect(await definitions.listActive()).toEqual(["b", "c"]);
      await definitions.saveVersion(version("a", "a1"), "worker");
      expect(await definitions.listActive()).toEqual(["a", "b", "c"]);
      expect(await definitions.listVersions()).toHaveLength(3);
    });

    it("keeps people, sources, problems and settings, and begins without any", async () => {
      const { definitions } = await kit.open("worker");
      expect(await definitions.surroundings()).toEqual({ people: { systems: {}, teams: {} }, sources: [] });
      expect(await definitions.listProblems()).toEqual([]);
      expect(await definitions.findSetting("masking")).toBeNull();
      const surroundings = {
        people: { systems: { crm: { title: { zh: "客户" } } }, teams: { it: { contacts: { phone: "110" } } } },
        sources: [{ source: toSourceId("nightly"), silentAfterMs: 93_600_000, delayMs: 0 }],
      };
      const problems = [{ file: "a.yaml", line: 3, column: null, message: "Write `after: placed`." }];
      await definitions.saveSurroundings(surroundings);
      await definitions.saveProblems(problems);
      await definitions.saveSetting("masking", { phone: "mask", off: [false] });
      expect(await definitions.surroundings()).toEqual(surroundings);
      expect(await definitions.listProblems()).toEqual(problems);
      expect(await definitions.findSetting("masking")).toEqual({ phone: "mask", off: [false] });
    });

    it("leaves the revision alone when the same is saved again", async () => {
      const { definitions } = await kit.open("worker");
      await definitions.saveProblems([]);
      await definitions.saveSetting("masking", 1);
      const revision = await definitions.revision();
      await definitions.saveProblems([]);
      await definitions.saveSetting("masking", 1);
      expect(await definitions.revision()).toBe(revision);
    });

    it("keeps figures without telling those who follow the definitions", async () => {
      const { definitions } = await kit.open("worker");
      const revision = await definitions.revision();
      await definitions.saveFigures("counts", { a: 1 });
      await definitions.saveFigures("counts", { a: 2 });
      expect(await definitions.findSetting("counts")).toEqual({ a: 2 });
      expect(await definitions.revision()).toBe(revision);
    });

    it("keeps what was claimed first and tells everybody the same, who asks at the same moment too", async () => {
      const processes = await Promise.all([kit.open("worker"), kit.open("console"), kit.open("command")]);
      const claims = processes.map(async ({ definitions }, at) => definitions.claimSetting("x", { claimed: at }));
      const [first, ...others] = await Promise.all(claims);
      expect(first).toEqual({ claimed: expect.any(Number) });
      for (const other of others) expect(other).toEqual(first);
      for (const { definitions } of processes) {
        expect(await definitions.claimSetting("x", "later")).toEqual(first);
        expect(await definitions.findSetting("x")).toEqual(first);
      }
    });

    it("changes a setting and audits it, both or neither", async () => {
      const { definitions, audit } = await kit.open("console");
      const entry = {
        at: 1,
        by: "wang",
        action: "masking_exception.added",
        object: "field:x",
        result: "done",
      } as const;
      const revision = await definitions.revision();
      expect(await definitions.changeSetting("x", (value) => [value, 1], entry)).toBe(true);
      expect(await definitions.findSetting("x")).toEqual([null, 1]);
      expect(await definitions.revision()).toBeGreaterThan(revision);
      expect(await definitions.changeSetting("x", (value) => value, entry)).toBe(false);
      await expect(
        definitions.changeSetting(
          "x",
          () => {
            throw new Error("no");
          },
          entry,
        ),
      ).rejects.toThrow("no");
      expect(await definitions.findSetting("x")).toEqual([null, 1]);
      expect((await audit.list({ cursor: null, limit: 9 })).items.map(({ by, object }) => [by, object])).toEqual([
        ["wang", "field:x"],
      ]);
    });
  });
};
