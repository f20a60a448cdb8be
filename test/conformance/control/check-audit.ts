import { describe, expect, it, vi } from "vitest";
import type { AuditEntry } from "#lib/storage/audit.ts";
import { useControlBed, type ControlAdapter } from "#test/conformance/control/control-kit.ts";

const read = (at: number, by = "li"): AuditEntry => ({
  at,
  by,
  action: "record.read",
  object: `record:order_no=SO-${at}`,
  result: "done",
});

export const checkAudit = (adapter: ControlAdapter): void => {
  describe(`audit of ${adapter.name}`, () => {
    const kit = useControlBed(adapter);

    it("chains what was read by itself, where other processes see it", async () => {
      const [console, command] = [await kit.open("console"), await kit.open("command")];
      await console.audit.append([read(1), read(2)]);
      await vi.waitFor(
        async () => {
          expect((await command.audit.list({ cursor: null, limit: 10 })).items).toHaveLength(2);
        },
        { timeout: 10_000, interval: 20 },
      );
    });

    it("lists newest first, page by page, each entry once", async () => {
      const { audit } = await kit.open("console");
      await audit.append([1, 2, 3, 4, 5].map((at) => read(at)));
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const page = await audit.list({ cursor, limit: 2 });
        seen.push(...page.items.map((entry) => entry.at));
        cursor = page.next;
        await audit.append([read(100 + seen.length)]);
      } while (cursor !== null);
      expect(seen).toEqual([5, 4, 3, 2, 1]);
    });

    it("filters by person, action and time", async () => {
      const { audit } = await kit.open("console");
      await audit.append([read(1), read(2, "wang"), { ...read(3), action: "record.exported" }, read(4)]);
      const times = async (query: Partial<Parameters<typeof audit.list>[0]>): Promise<number[]> =>
        (await audit.list({ cursor: null, limit: 10, ...query })).items.map((entry) => entry.at);
      expect(await times({ by: "wang" })).toEqual([2]);
      expect(await times({ action: "record.exported" })).toEqual([3]);
      expect(await times({ from: 2, to: 4 })).toEqual([3, 2]);
    });

    it("refuses a cursor it did not give out", async () => {
      const { audit } = await kit.open("console");
      await expect(audit.list({ cursor: "1; DROP", limit: 10 })).rejects.toMatchObject({ code: "invalid_cursor" });
    });

    it("keeps one chain a process, without a gap", async () => {
      const [first, second, worker] = [await kit.open("console"), await kit.open("console"), await kit.open("worker")];
      await first.audit.append([read(1)]);
      await first.audit.heads();
      await second.audit.append([read(2)]);
      await second.audit.heads();
      await worker.audit.append([read(3)]);
      const heads = await worker.audit.heads();
      const sequences = heads.map(({ process, sequence }) => [process.split("-")[0], sequence]);
      if (adapter.chains === "mode") expect(sequences).toEqual(Object.entries({ console: 2, worker: 1 }));
      else
        expect(sequences).toEqual([
          ["console", 1],
          ["console", 1],
          ["worker", 1],
        ]);
      expect(new Set(heads.map(({ process }) => process)).size).toBe(heads.length);
      expect(new Set(heads.map(({ hash }) => hash)).size).toBe(heads.length);
      expect(await worker.audit.verify()).toBeNull();
    });

    it("tells which chains have grown since a moment, with their last entries", async () => {
      const [console, worker] = [await kit.open("console"), await kit.open("worker")];
      await console.audit.append([read(1), read(9), read(8)]);
      await worker.audit.append([read(3)]);
      const all = [...(await console.audit.heads()), ...(await worker.audit.heads())];
      const heads = await console.audit.heads(9);
      expect(heads).toMatchObject([{ process: expect.stringMatching(/^console/u), sequence: 3 }]);
      expect(all).toContainEqual(heads[0]);
      expect(await console.audit.heads(10)).toEqual([]);
    });

    it("shows an entry that was changed, and one that was taken out", async () => {
      const { audit } = await kit.open("console");
      await audit.append([1, 2, 3, 4].map((at) => ({ ...read(at), detail: { by: "key" } })));
      expect(await audit.verify()).toBeNull();
      const process = (await audit.heads())[0]?.process ?? "";
      await kit.bed.tamper({ process, sequence: 3 }, "record:order_no=SO-9");
      expect(await audit.verify()).toEqual({ process, sequence: 3 });
      await kit.bed.tamper({ process, sequence: 2 }, null);
      expect(await audit.verify()).toEqual({ process, sequence: 3 });
    });

    it("keeps what was queued when the store is closed", async () => {
      const console = await kit.open("console");
      await console.audit.append([read(1)]);
      await console.close();
      const { audit } = await kit.open("command");
      await kit.bed.seen();
      const { items } = await audit.list({ cursor: null, limit: 10 });
      expect(items).toMatchObject([{ at: 1, process: expect.stringMatching(/^console/u) }]);
    });
  });
};
