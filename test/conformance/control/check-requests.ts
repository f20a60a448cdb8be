import { describe, expect, it } from "vitest";
import type { Request } from "#lib/storage/requests.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { type ControlBed, useControlBed, type ControlAdapter } from "#test/conformance/control/control-kit.ts";

const wish = (createdAt: number) =>
  ({ kind: "backup", input: { directory: `b${createdAt}` }, by: "li", createdAt }) as const;

/** Asks every second of the bed's clock, as a worker does, until it is given one: who is dead shows by its silence. */
const takeWithin = async (bed: ControlBed, { requests }: ControlStorage, seconds: number): Promise<Request | null> => {
  for (let second = 0; second < seconds; second += 1) {
    const taken = await requests.take();
    if (taken !== null) return taken;
    bed.now += 1_000;
  }
  return null;
};

export const checkRequests = (adapter: ControlAdapter): void => {
  describe(`requests of ${adapter.name}`, () => {
    const kit = useControlBed(adapter);

    it("hands the oldest waiting request to one taker and the answer to whoever asked", async () => {
      const [worker, command] = [await kit.open("worker"), await kit.open("command")];
      const first = await command.requests.add(wish(1));
      const second = await command.requests.add(wish(2));
      expect(first).toMatchObject({ state: "waiting", output: null, input: { directory: "b1" } });
      expect(await worker.requests.take()).toEqual({ ...first, state: "running" });
      expect((await worker.requests.take())?.id).toBe(second.id);
      expect(await worker.requests.take()).toBeNull();
      await worker.requests.finish(first.id, "done", { sizeBytes: 12 });
      await worker.requests.finish(second.id, "failed", { error: "disk full" });
      expect(await command.requests.find(first.id)).toEqual({ ...first, state: "done", output: { sizeBytes: 12 } });
      expect(await command.requests.find(second.id)).toMatchObject({ state: "failed", output: { error: "disk full" } });
      expect(await command.requests.find("none")).toBeNull();
    });

    it("gives a request that a dead worker left running to the next one, not to a console", async () => {
      const first = await kit.open("worker");
      const { id } = await first.requests.add(wish(1));
      await first.requests.take();
      await kit.kill(first);
      const console = await kit.open("console");
      expect(await takeWithin(kit.bed, console, 15)).toBeNull();
      const next = await kit.open("worker");
      expect(await takeWithin(kit.bed, next, 15)).toMatchObject({ id, state: "running" });
      await next.requests.finish(id, "done", {});
      expect(await console.requests.find(id)).toMatchObject({ state: "done" });
    });

    it("gives back at once what a worker leaves undone when it closes", async () => {
      const first = await kit.open("worker");
      const { id } = await first.requests.add(wish(1));
      await first.requests.take();
      await first.close();
      const next = await kit.open("worker");
      expect(await next.requests.take()).toMatchObject({ id, state: "running" });
    });

    it("finishes only what is being worked on", async () => {
      const { requests } = await kit.open("worker");
      const { id } = await requests.add(wish(1));
      await expect(requests.finish(id, "done", {})).rejects.toMatchObject({ code: "conflict" });
      await requests.take();
      await requests.finish(id, "done", {});
      await expect(requests.finish(id, "failed", {})).rejects.toMatchObject({ code: "conflict" });
    });

    it("finds what was asked last among the kinds given", async () => {
      const { requests } = await kit.open("command");
      expect(await requests.findNewest(["backup"])).toBeNull();
      await requests.add(wish(1));
      const last = await requests.add(wish(2));
      await requests.add({ kind: "load_sample", input: {}, by: "li", createdAt: 3 });
      expect(await requests.findNewest(["backup", "rejudge"])).toEqual(last);
      expect(await requests.findNewest(["load_sample", "remove_sample"])).toMatchObject({ kind: "load_sample" });
    });

    it("audits who asked for what", async () => {
      const { requests, audit } = await kit.open("command");
      const { id } = await requests.add(wish(7));
      const { items } = await audit.list({ cursor: null, limit: 10 });
      expect(items).toMatchObject([{ at: 7, by: "li", action: "backup.requested", object: `request:${id}` }]);
    });
  });
};
