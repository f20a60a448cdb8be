import { describe, expect, it } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import { useControlBed, type ControlAdapter } from "#test/conformance/control/control-kit.ts";

const orders = toFlowId("orders");
const journey = { flow: orders, primary: "SO-1042" };
const closing = { ...journey, at: 7, by: "li", reason: "Refunded by phone" };
const note = { ...journey, at: 5, author: "u1", by: "li", text: "<b>Called</b> the customer" };
const day = 24 * 60 * 60 * 1_000;

export const checkCasework = (adapter: ControlAdapter): void => {
  describe(`closings and notes of ${adapter.name}`, () => {
    const kit = useControlBed(adapter);

    it("closes a journey once and opens it again, seen by every process and audited", async () => {
      const [one, other] = [await kit.open("console"), await kit.open("console")];
      const before = await other.closings.revision();
      expect(await one.closings.close(closing)).toBe(true);
      expect(await other.closings.close({ ...closing, by: "wang", reason: "Also" })).toBe(false);
      expect(await other.closings.find(journey)).toEqual(closing);
      expect(await other.closings.list()).toEqual([closing]);
      expect(await other.closings.find({ ...journey, flow: toFlowId("refunds") })).toBeNull();
      const closed = await other.closings.revision();
      expect(closed).toBeGreaterThan(before);
      expect(await other.closings.reopen(journey, 9, "wang")).toBe(true);
      expect(await one.closings.reopen(journey, 9, "wang")).toBe(false);
      expect(await one.closings.list()).toEqual([]);
      expect(await one.closings.revision()).toBeGreaterThan(closed);
      await kit.bed.seen();
      const { items } = await one.audit.list({ cursor: null, limit: 9 });
      expect(items).toMatchObject([
        { at: 9, by: "wang", action: "journey.reopened", object: "journey:orders/SO-1042" },
        { at: 7, by: "li", action: "journey.closed", detail: { reason: "Refunded by phone" } },
      ]);
    });

    it("keeps notes as written, in order, and lets only their author delete them and undo that", async () => {
      const { notes, audit } = await kit.open("console");
      const first = await notes.add(note);
      const second = await notes.add({ ...note, at: 6, author: "u2", by: "wang", text: "ok" });
      expect(await notes.list(journey)).toEqual([first, second]);
      expect(await notes.delete(first.id, "u2", 8)).toBe(false);
      expect(await notes.delete(first.id, "u1", 8)).toBe(true);
      expect(await notes.delete(first.id, "u1", 8)).toBe(false);
      expect(await notes.list(journey)).toEqual([second]);
      expect(await notes.restore(first.id, "u2", 9)).toBe(false);
      expect(await notes.restore(first.id, "u1", 9)).toBe(true);
      expect(await notes.restore(first.id, "u1", 9)).toBe(false);
      expect(await notes.list(journey)).toEqual([first, second]);
      const { items } = await audit.list({ cursor: null, limit: 9 });
      expect(items.map(({ action, at }) => [action, at])).toEqual([
        ["note.restored", 9],
        ["note.deleted", 8],
        ["note.added", 6],
        ["note.added", 5],
      ]);
      expect(JSON.stringify(items)).not.toContain("Called");
    });

    it("forgets a deleted note's text after a day", async () => {
      const { notes } = await kit.open("console");
      const { id } = await notes.add(note);
      await notes.delete(id, "u1", 8);
      await notes.add({ ...note, at: 9 + day });
      expect(await notes.restore(id, "u1", 10 + day)).toBe(false);
    });

    it("forgets what is older of the journeys named, and nothing else", async () => {
      const { closings, notes, audit } = await kit.open("console");
      const other = { ...journey, primary: "SO-2" };
      const elsewhere = { flow: toFlowId("refunds"), primary: "SO-1042" };
      for (const each of [journey, other, elsewhere]) {
        await closings.close({ ...closing, ...each });
        await notes.add({ ...note, ...each });
      }
      const late = await notes.add({ ...note, at: 50, text: "later" });
      const { id } = await notes.add({ ...note, ...other, at: 6 });
      await notes.delete(id, "u1", 8);
      expect(await notes.listJourneys(10, null, 9)).toEqual([journey, other, elsewhere]);
      expect(await notes.listJourneys(10, journey, 1)).toEqual([other]);
      expect(await notes.listJourneys(5, null, 9)).toEqual([]);
      const before = await closings.revision();
      const { items } = await audit.list({ cursor: null, limit: 99 });
      expect(await closings.forget([journey, other], 7)).toBe(0);
      expect(await closings.revision()).toBe(before);
      expect(await closings.forget([journey, other], 8)).toBe(2);
      expect(await closings.revision()).toBeGreaterThan(before);
      expect(await closings.list()).toEqual([{ ...closing, ...elsewhere }]);
      expect(await notes.forget([journey, other], 10)).toBe(3);
      expect(await notes.list(journey)).toEqual([late]);
      expect(await notes.listJourneys(100, null, 9)).toEqual([journey, elsewhere]);
      expect((await audit.list({ cursor: null, limit: 99 })).items).toEqual(items);
    });
  });
};
