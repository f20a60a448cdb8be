import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { backupEventStorage } from "#lib/storage/sqlite/backup.ts";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import type { EventStorage } from "#lib/storage/storage.ts";
import { expectTruth } from "#test/lib/storage/sqlite/events/expect-truth.ts";
import { project, START, toyEvent } from "#test/lib/storage/sqlite/events/toy-journeys.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const open = async (directory: string, mode: "writer" | "reader" = "writer", options = {}): Promise<EventStorage> =>
  openEventStorage({ directory, mode, now: () => START, ...options });

const numbers = (count: number, from = 0): readonly number[] =>
  Array.from({ length: count }, (_, place) => from + place);
const itemsOf = (list: readonly number[]) => list.map((number) => ({ event: toyEvent(number), matches: [] }));

const filled = async (directory: string, count: number): Promise<void> => {
  const storage = await open(directory, "writer", { eventsPerSegment: 300 });
  for (let from = 0; from < count; from += 100) await storage.events.accept(itemsOf(numbers(100, from)));
  await project(storage);
  await storage.close();
};

const segmentsIn = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => /^\d.*\.db$/.test(name))
    .toSorted()
    .map((name) => join(directory, name));

describe("a second writer", () => {
  it("is refused with a sentence while the first one lives, and welcome after", async () => {
    const directory = makeTempFolder();
    const first = await open(directory);
    await expect(open(directory)).rejects.toMatchObject({
      code: "locked",
      message: expect.stringContaining(directory) as string,
    });
    await first.events.accept(itemsOf([1]));
    await first.close();
    const second = await open(directory);
    expect(await second.events.countAll()).toBe(1);
    await second.close();
  });
});

describe("a store that can't be used", () => {
  it("is refused by name when a newer Hopline wrote it", async () => {
    for (const file of ["state.db", "intake.db", "segment"]) {
      const directory = makeTempFolder();
      await filled(directory, 100);
      const path = file === "segment" ? (segmentsIn(directory)[0] ?? "") : join(directory, file);
      const database = new DatabaseSync(path);
      database.exec("PRAGMA user_version = 99");
      database.close();
      for (const mode of ["writer", "reader"] as const) {
        await expect(open(directory, mode)).rejects.toMatchObject({
          code: "newer_version",
          message: expect.stringMatching(/version 99/) as string,
        });
      }
      expect(new DatabaseSync(path).prepare("PRAGMA user_version").get()).toEqual({ user_version: 99 });
    }
  });

  it("is refused by name when a file is damaged, and says what to do", async () => {
    for (const file of ["state.db", "intake.db", "segment"]) {
      const directory = makeTempFolder();
      await filled(directory, 700);
      const path = file === "segment" ? (segmentsIn(directory)[1] ?? "") : join(directory, file);
      writeFileSync(path, Buffer.alloc(8_192, "not a database "));
      for (const mode of ["writer", "reader"] as const) {
        await expect(open(directory, mode)).rejects.toMatchObject({
          code: "damaged",
          retryable: false,
          message: expect.stringContaining(path) as string,
        });
      }
    }
  });

  it("names the file when damage shows only while reading", async () => {
    const directory = makeTempFolder();
    await filled(directory, 700);
    const path = segmentsIn(directory)[0] ?? "";
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 8_192));
    const storage = await open(directory, "reader").catch((error: unknown) => error);
    if (storage instanceof Error) expect(storage).toMatchObject({ code: "damaged" });
    else
      await expect((storage as EventStorage).events.scan(null, 300)).rejects.toMatchObject({
        code: "damaged",
        message: expect.stringContaining(path) as string,
      });
  });

  it("goes on without state.db once it was deleted, as the message says", async () => {
    const directory = makeTempFolder();
    await filled(directory, 300);
    truncateSync(join(directory, "state.db"), 1_000);
    await expect(open(directory)).rejects.toMatchObject({
      code: "damaged",
      message: expect.stringContaining("delete it") as string,
    });
    for (const suffix of ["", "-wal", "-shm"]) rmSync(join(directory, `state.db${suffix}`), { force: true });
    const storage = await open(directory);
    await project(storage);
    await expectTruth(storage, numbers(300));
    await storage.close();
  });
});

describe("a backup", () => {
  it("copies a store in use to one that opens, its position never ahead of its events", async () => {
    const [directory, parent] = [makeTempFolder(), makeTempFolder()];
    const storage = await open(directory, "writer", { eventsPerSegment: 300 });
    await storage.events.accept(itemsOf(numbers(1_000)));
    await project(storage);
    await storage.projection.flush();
    const target = join(parent, "copy");
    const running = backupEventStorage(directory, target);
    let isDone = false;
    void running.finally(() => (isDone = true));
    let next = 1_000;
    while (!isDone || next === 1_000) {
      await storage.events.accept(itemsOf(numbers(50, next)));
      await project(storage);
      next += 50;
      await new Promise(setImmediate);
    }
    expect((await running).sizeBytes).toBeGreaterThan(0);
    await storage.close();
    const copy = await open(target);
    expect(await copy.events.scan(await copy.projection.position(), 1)).toBeDefined();
    await project(copy);
    const kept = await copy.events.countAll();
    expect(kept).toBeGreaterThanOrEqual(1_000);
    await expectTruth(copy, numbers(kept));
    await copy.close();
  });

  it("refuses to write into a directory that holds something", async () => {
    const directory = makeTempFolder();
    await filled(directory, 100);
    await expect(backupEventStorage(directory, directory)).rejects.toMatchObject({ code: "conflict" });
    expect(existsSync(join(directory, "state.db"))).toBe(true);
  });
});
