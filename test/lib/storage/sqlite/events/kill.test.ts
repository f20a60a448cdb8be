import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { expectTruth } from "#test/lib/storage/sqlite/events/expect-truth.ts";
import { project, START } from "#test/lib/storage/sqlite/events/toy-journeys.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const child = fileURLToPath(new URL("writer-child.ts", import.meta.url));
/** Numbers acknowledged before the kill, a few of them in the middle of a flush or of sealing a segment. */
const killAfter = [200, 1_480, 2_040, 2_960, 3_320];

const start = (directory: string, from: number): ChildProcess =>
  spawn(process.execPath, [child, directory, String(from)], { stdio: ["ignore", "pipe", "inherit"] });

/** Runs a writer from a number on and kills it as soon as it has acknowledged enough; resolves to the last number acknowledged. */
const runAndKill = async (directory: string, from: number, until: number): Promise<number> => {
  const writer = start(directory, from);
  const ended = once(writer, "exit");
  let acknowledged = from;
  if (writer.stdout === null) throw new Error("The child's output is piped");
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged = Number(line);
    if (acknowledged >= until) writer.kill("SIGKILL");
  }
  await ended;
  return acknowledged;
};

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, place) => place);

describe("a writer that is killed", () => {
  it("loses nothing acknowledged, counts nothing twice and gives no record another's events", async () => {
    const directory = makeTempFolder();
    let acknowledged = 0;
    for (const until of killAfter) acknowledged = await runAndKill(directory, acknowledged, until);
    const storage = await openEventStorage({ directory, mode: "writer", now: () => START, eventsPerSegment: 900 });
    await project(storage);
    const kept = await storage.events.countAll();
    expect(kept).toBeGreaterThanOrEqual(acknowledged);
    await expectTruth(storage, upTo(kept));
    await storage.close();
  });

  it("is seen by a reader in another process while it writes, and after it was killed", async () => {
    const directory = makeTempFolder();
    const reader = await openEventStorage({ directory, mode: "reader", now: () => START });
    expect(await reader.events.countAll()).toBe(0);
    const running = runAndKill(directory, 0, 2_400);
    await expect.poll(async () => reader.events.countAll(), { timeout: 15_000 }).toBeGreaterThan(1_000);
    expect((await reader.events.find("toy", "event-7"))?.id).toBe("event-7");
    await expect.poll(async () => reader.projection.position(), { timeout: 15_000 }).not.toBeNull();
    const acknowledged = await running;
    await expect.poll(async () => reader.events.countAll(), { timeout: 5_000 }).toBeGreaterThanOrEqual(acknowledged);
    await reader.close();
  });
});
