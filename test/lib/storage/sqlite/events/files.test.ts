import { readdirSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { isCurrent, migrate } from "#lib/storage/sqlite/migrate.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { flow, project, START, toyEvent } from "#test/lib/storage/sqlite/events/toy-journeys.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const DAY = 86_400_000;

describe("schema versions", () => {
  const first = { name: "example", steps: ["CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"] };
  const second = {
    name: "example",
    steps: [...first.steps, "ALTER TABLE thing ADD COLUMN colour TEXT; UPDATE thing SET colour = 'grey'"],
  };

  it("brings a version-1 file forward with what is in it", () => {
    const path = join(makeTempFolder(), "example.db");
    const old = new SqliteFile(path, "create");
    migrate(old, first);
    old.run("INSERT INTO thing VALUES (1, 'box')");
    old.close();
    const file = new SqliteFile(path, "create");
    expect(isCurrent(file, second)).toBe(false);
    migrate(file, second);
    migrate(file, second);
    expect(isCurrent(file, second)).toBe(true);
    expect(file.all({ sql: "SELECT * FROM thing" })).toEqual([{ id: 1, name: "box", colour: "grey" }]);
    expect(() => {
      migrate(file, first);
    }).toThrow(expect.objectContaining({ code: "newer_version" }) as Error);
    file.close();
  });

  it("leaves a file as it was when a step fails", () => {
    const file = new SqliteFile(join(makeTempFolder(), "example.db"), "create");
    migrate(file, first);
    const broken = {
      name: "example",
      steps: [...first.steps, "ALTER TABLE thing ADD COLUMN colour TEXT; SELECT nonsense"],
    };
    expect(() => {
      migrate(file, broken);
    }).toThrow("nonsense");
    expect(file.get({ sql: "SELECT count(*) AS count FROM pragma_table_info('thing')" })).toEqual({ count: 2 });
    expect(isCurrent(file, first)).toBe(true);
    file.close();
  });
});

/** Files of the folder that this process has open, deleted ones too. */
const openFilesIn = (directory: string): readonly string[] =>
  readdirSync("/proc/self/fd").flatMap((handle) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${handle}`);
      return path.startsWith(directory) ? [path] : [];
    } catch {
      return [];
    }
  });

describe("files of the event store", () => {
  it("are named by day of arrival and number, the days never going back", async () => {
    const directory = makeTempFolder();
    const storage = await openEventStorage({ directory, mode: "writer", now: () => START, eventsPerSegment: 10 });
    const accept = async (number: number, ingestedAt: number) =>
      storage.events.accept([{ event: { ...toyEvent(number), ingestedAt }, matches: [] }]);
    for (let number = 0; number < 15; number += 1) await accept(number, START);
    await accept(20, START + DAY);
    await accept(21, START);
    await storage.close();
    expect(readdirSync(directory).toSorted()).toEqual([
      "2026-11-23-0001.db",
      "2026-11-23-0002.db",
      "2026-11-24-0001.db",
      "intake.db",
      "state.db",
      "writer.lock",
    ]);
  });

  it("are looked for again when state.db was deleted and made anew, while a reader goes on", async () => {
    const directory = makeTempFolder();
    const reader = await openEventStorage({ directory, mode: "reader", now: () => START });
    expect(await reader.projection.position()).toBeNull();
    for (const count of [20, 40]) {
      const writer = await openEventStorage({ directory, mode: "writer", now: () => START });
      await writer.events.accept(
        Array.from({ length: count }, (_, number) => ({ event: toyEvent(number), matches: [] })),
      );
      await project(writer);
      await writer.close();
      await expect
        .poll(async () => (await reader.journeys.scan(flow, null, 99)).length, { timeout: 5_000 })
        .toBe(count / 5);
      for (const suffix of ["", "-wal", "-shm"]) rmSync(join(directory, `state.db${suffix}`), { force: true });
    }
    await reader.close();
  });

  it.runIf(process.platform === "linux")("are let go of by a reader that nobody asks anything", async () => {
    const directory = makeTempFolder();
    const writer = await openEventStorage({ directory, mode: "writer", now: () => START, eventsPerSegment: 10 });
    for (let number = 0; number < 50; number += 10) {
      await writer.events.accept(
        Array.from({ length: 10 }, (_, place) => ({
          event: { ...toyEvent(number + place), ingestedAt: START - 9 * DAY },
          matches: [],
        })),
      );
    }
    const reader = await openEventStorage({ directory, mode: "reader", now: () => START });
    expect(await reader.events.countAll()).toBe(50);
    await writer.events.expire(START);
    expect(openFilesIn(directory).filter((path) => path.endsWith("(deleted)")).length).toBeGreaterThan(0);
    await expect
      .poll(() => openFilesIn(directory).filter((path) => path.endsWith("(deleted)")), {
        timeout: 10_000,
        interval: 100,
      })
      .toEqual([]);
    expect(await reader.events.countAll()).toBe(0);
    await reader.close();
    await writer.close();
  });
});
