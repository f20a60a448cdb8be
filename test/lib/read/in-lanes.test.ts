import { describe, expect, it } from "vitest";
import { inLanes } from "#lib/read/in-lanes.ts";

const items = Array.from({ length: 20 }, (_, at) => at);
/** Work that ends when it is told to. */
const makeWork = () => {
  const running = new Map<number, PromiseWithResolvers<string>>();
  let most = 0;
  const work = async (item: number): Promise<string> => {
    const task = Promise.withResolvers<string>();
    running.set(item, task);
    most = Math.max(most, running.size);
    return await task.promise.finally(() => running.delete(item));
  };
  return { running, work, most: () => most };
};
const untilSome = async (running: ReadonlyMap<number, unknown>): Promise<void> => {
  while (running.size === 0) await Promise.resolve();
};

describe("work in lanes", () => {
  it("goes on at so many items at once, and gives results in the order of the items", async () => {
    const { running, work, most } = makeWork();
    const done = inLanes(items, 4, work);
    for (let count = 0; count < items.length; count += 1) {
      await untilSome(running);
      // the newest first: they end in another order than they began
      const [item, task] = [...running].at(-1) ?? [];
      task?.resolve(`${item}`);
      await task?.promise;
      await Promise.resolve();
    }
    expect(await done).toEqual(items.map(String));
    expect(most()).toBe(4);
  });

  it("begins nothing after one has failed", async () => {
    const { running, work } = makeWork();
    const done = inLanes(items, 2, work);
    running.get(1)?.reject(new Error("away"));
    await expect(done).rejects.toThrow("away");
    running.get(0)?.resolve("0");
    await new Promise((resolve) => setImmediate(resolve));
    expect([...running.keys()]).toEqual([]);
  });

  it("does nothing with nothing", async () => {
    expect(await inLanes([], 4, async () => 1)).toEqual([]);
  });
});
