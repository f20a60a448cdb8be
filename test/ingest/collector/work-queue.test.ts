import { describe, expect, test } from "vitest";
import { createWorkQueue } from "#ingest/collector/work-queue.ts";

/** Urgent work of so many steps, noting each. */
const urgentOf = (steps: number, done: string[]) => ({
  left: steps,
  async step(): Promise<boolean> {
    if (this.left === 0) return false;
    this.left -= 1;
    done.push("urgent");
    return true;
  },
});
const fail = (error: unknown): never => {
  throw error;
};

describe("the collector's work queue", () => {
  test("does urgent work first, but lets nothing else wait for ever", async () => {
    const done: string[] = [];
    const queue = createWorkQueue([urgentOf(30, done)], fail);
    await queue.enqueue(async () => done.push("other"));
    const at = done.indexOf("other");
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(20);
    await queue.drain();
    expect(done.filter((each) => each === "urgent")).toHaveLength(30);
  });

  test("lets nothing else wait long where urgent steps are large", async () => {
    const done: string[] = [];
    const urgent = urgentOf(8, done);
    const large = {
      async step(): Promise<boolean> {
        const begun = performance.now();
        while (performance.now() - begun < 60);
        return await urgent.step();
      },
    };
    const queue = createWorkQueue([large], fail);
    await queue.enqueue(async () => done.push("other"));
    expect(done.indexOf("other")).toBeLessThan(6);
    await queue.drain();
  });

  test("runs one thing at a time, in order", async () => {
    const queue = createWorkQueue([], fail);
    let running = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        queue.enqueue(async () => {
          running += 1;
          expect(running).toBe(1);
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
          order.push(at);
          running -= 1;
        }),
      ),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test("tells who asked what went wrong, and goes on", async () => {
    const queue = createWorkQueue([], fail);
    await expect(queue.enqueue(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await queue.enqueue(async () => 1)).toBe(1);
  });

  test("survives urgent work that throws", async () => {
    const errors: unknown[] = [];
    let isBroken = true;
    const step = async (): Promise<boolean> => {
      if (!isBroken) return false;
      isBroken = false;
      throw new Error("broken");
    };
    const queue = createWorkQueue([{ step }], (error) => errors.push(error));
    queue.wake();
    await queue.drain();
    expect(errors).toHaveLength(1);
    expect(await queue.enqueue(async () => 2)).toBe(2);
  });
});
