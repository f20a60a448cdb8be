import { afterEach, describe, expect, it } from "vitest";
import { controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import type { Request } from "#lib/storage/requests.ts";
import { setUpControlCorner } from "#test/support/control-corner.ts";
import { waitFor } from "#test/support/wait-for.ts";

const corner = setUpControlCorner();
afterEach(corner.empty);

const wish = (createdAt: number) => ({ kind: "redrive", input: {}, by: "li", createdAt }) as const;

/** Grows with each sign of life of whoever is at work on a request. */
const readLedger = async (): Promise<number> => {
  const kept = await corner.cluster.get<{ number: number }>(corner.cluster.indexOf(controlSchema), "ledger:requests");
  return kept?.source.number ?? 0;
};

describe("requests in a cluster", () => {
  it("are each given to one of several workers", async () => {
    const console = await corner.open();
    const workers = await Promise.all([1, 2, 3].map(async () => corner.open({ mode: "worker" })));
    const ids: string[] = [];
    for (let at = 1; at <= 8; at += 1) ids.push((await console.storage.requests.add(wish(at))).id);
    const takeAll = async (take: () => Promise<Request | null>): Promise<readonly string[]> => {
      const taken: string[] = [];
      for (let request = await take(); request !== null; request = await take()) taken.push(request.id);
      return taken;
    };
    const taken = await Promise.all(workers.map(async ({ storage }) => takeAll(storage.requests.take)));
    expect(taken.flat().toSorted()).toEqual(ids.toSorted());
  });

  it("stay with a worker that lives, however long it takes", async () => {
    const clock = { now: 0 };
    const living = await corner.open({ mode: "worker", beatEveryMs: 20 });
    const { id } = await living.storage.requests.add(wish(1));
    await living.storage.requests.take();
    const other = await corner.open({ mode: "worker", now: () => clock.now });
    for (let seconds = 1; seconds <= 30; seconds += 1) {
      expect(await other.storage.requests.take()).toBeNull();
      const before = await readLedger();
      await waitFor("a sign of life", async () => (await readLedger()) > before);
      clock.now += 1_000;
    }
    await living.storage.requests.finish(id, "done", {});
    expect(await other.storage.requests.find(id)).toMatchObject({ state: "done" });
  });

  it("go to one of several workers when theirs dies, and are answered by that one alone", async () => {
    const clock = { now: 0 };
    const dying = await corner.open({ mode: "worker" });
    const { id } = await dying.storage.requests.add(wish(1));
    await dying.storage.requests.take();
    dying.life.kill();
    const others = await Promise.all([1, 2].map(async () => corner.open({ mode: "worker", now: () => clock.now })));
    const taken: Request[] = [];
    while (clock.now < 30_000) {
      const found = await Promise.all(others.map(async ({ storage }) => storage.requests.take()));
      taken.push(...found.filter((request) => request !== null));
      if (taken.length > 0) break;
      clock.now += 1_000;
    }
    expect(taken).toMatchObject([{ id, state: "running" }]);
    expect(clock.now).toBeGreaterThanOrEqual(10_000);
    const answers = await Promise.allSettled(
      others.map(async ({ storage }) => storage.requests.finish(id, "done", { by: "one" })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("can no longer be answered by a worker that was taken for dead", async () => {
    const clock = { now: 0 };
    const paused = await corner.open({ mode: "worker", beatEveryMs: 60_000 });
    const { id } = await paused.storage.requests.add(wish(1));
    await paused.storage.requests.take();
    const next = await corner.open({ mode: "worker", now: () => clock.now });
    let taken: Request | null = null;
    for (; taken === null && clock.now < 30_000; clock.now += 1_000) taken = await next.storage.requests.take();
    expect(taken).toMatchObject({ id });
    await expect(paused.storage.requests.finish(id, "failed", {})).rejects.toMatchObject({ code: "conflict" });
    await next.storage.requests.finish(id, "done", {});
    expect(await paused.storage.requests.find(id)).toMatchObject({ state: "done" });
  });
});
