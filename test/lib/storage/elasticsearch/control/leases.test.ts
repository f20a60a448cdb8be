import { beforeAll, describe, expect, it } from "vitest";
import { createLeases, leasesSchema } from "#lib/storage/elasticsearch/control/leases.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import type { Leases } from "#lib/storage/leases.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();
beforeAll(async () => install(bed.cluster, [leasesSchema]));

let made = 0;
const newName = (): string => `turn-${(made += 1)}`;

/** A worker with a clock of its own. */
const startWorker = (): { readonly leases: Leases; elapse(durationMs: number): void } => {
  let elapsed = 1_000_000 * Math.random();
  return {
    leases: createLeases(bed.cluster, () => elapsed),
    elapse(durationMs) {
      elapsed += durationMs;
    },
  };
};

describe("a lease", () => {
  it("is had by one at a time, as long as that one asks again", async () => {
    const name = newName();
    const [one, two] = [startWorker(), startWorker()];
    expect(await one.leases.hold(name, "one", 100)).toEqual({ name, holder: "one", fence: 1 });
    for (let round = 0; round < 3; round += 1) {
      expect(await two.leases.hold(name, "two", 100)).toBeNull();
      two.elapse(99);
      expect(await one.leases.hold(name, "one", 100)).toEqual({ name, holder: "one", fence: 1 });
    }
  });

  it("goes to the next who asks when its holder has not asked for so long, with a greater fence", async () => {
    const name = newName();
    const [one, two] = [startWorker(), startWorker()];
    await one.leases.hold(name, "one", 100);
    expect(await two.leases.hold(name, "two", 100)).toBeNull();
    two.elapse(100);
    expect(await two.leases.hold(name, "two", 100)).toEqual({ name, holder: "two", fence: 2 });
    // It went on after a long stop: it has lost, whatever its clock says.
    expect(await one.leases.hold(name, "one", 100)).toBeNull();
  });

  it("is not taken from a holder whom the asking one sees for the first time, whatever its clock says", async () => {
    const name = newName();
    const [one, two] = [startWorker(), startWorker()];
    await one.leases.hold(name, "one", 100);
    two.elapse(1_000_000);
    expect(await two.leases.hold(name, "two", 100)).toBeNull();
  });

  it("is had at once where its holder let go, and not let go of by one who lost it", async () => {
    const name = newName();
    const [one, two] = [startWorker(), startWorker()];
    const first = await one.leases.hold(name, "one", 100);
    if (first === null) throw new Error("nobody else asks");
    await one.leases.release(first);
    expect(await two.leases.hold(name, "two", 100)).toEqual({ name, holder: "two", fence: 2 });
    await one.leases.release(first);
    expect(await one.leases.hold(name, "one", 100)).toBeNull();
  });

  it("goes to one of many who ask at the same moment", async () => {
    const name = newName();
    const workers = Array.from({ length: 8 }, (_, at) => ({ holder: `w${at}`, ...startWorker() }));
    const ask = async (asking: typeof workers) => {
      const answers = await Promise.all(asking.map(async ({ leases, holder }) => leases.hold(name, holder, 100)));
      return answers.filter((lease) => lease !== null);
    };
    const first = await ask(workers);
    expect(first).toMatchObject([{ fence: 1 }]);
    const others = workers.filter(({ holder }) => holder !== first[0]?.holder);
    expect(await ask(others)).toEqual([]);
    for (const { elapse } of others) elapse(100);
    expect(await ask(others)).toMatchObject([{ fence: 2 }]);
  });
});
