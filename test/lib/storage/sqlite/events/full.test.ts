import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SqliteEventLog } from "#lib/storage/sqlite/event-log.ts";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { openIntake } from "#lib/storage/sqlite/intake.ts";
import { SegmentRoll } from "#lib/storage/sqlite/segment-roll.ts";
import { Segments } from "#lib/storage/sqlite/segments.ts";
import { State } from "#lib/storage/sqlite/state.ts";
import { makeChange, makeJourney, makeUnit, order, orders } from "#test/conformance/events/make.ts";
import { expectTruth } from "#test/lib/storage/sqlite/events/expect-truth.ts";
import { project, START, toyEvent } from "#test/lib/storage/sqlite/events/toy-journeys.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const itemsOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, place) => ({ event: toyEvent(from + place), matches: [] }));

const acceptUntilFull = async (
  accept: (from: number) => Promise<unknown>,
): Promise<{ readonly accepted: number; readonly error: unknown }> => {
  for (let accepted = 0; accepted < 1_000_000; accepted += 100) {
    try {
      await accept(accepted);
    } catch (error) {
      return { accepted, error };
    }
  }
  throw new Error("never full");
};

describe("a full disk", () => {
  it("stores nothing of the batch that does not fit, and takes it when there is space again", async () => {
    const directory = makeTempFolder();
    const intake = openIntake(join(directory, "intake.db"));
    const segments = new Segments(directory, "writer");
    const log = new SqliteEventLog(segments, new SegmentRoll(segments, intake, 100_000));
    await log.accept(itemsOf(0, 100));
    const file = segments.list()[0]?.file;
    file?.exec("PRAGMA max_page_count = 60");
    const { accepted, error } = await acceptUntilFull(async (from) => log.accept(itemsOf(100 + from, 100)));
    expect(error).toMatchObject({ code: "full", retryable: true });
    const kept = 100 + accepted;
    expect(await log.countAll()).toBe(kept);
    expect(await log.find("toy", `event-${kept}`)).toBeNull();
    await expect(log.accept(itemsOf(kept, 100))).rejects.toMatchObject({ code: "full" });
    expect((await log.accept(itemsOf(0, 10))).outcomes).toEqual(Array.from({ length: 10 }, () => "duplicate"));
    file?.exec("PRAGMA max_page_count = 100000");
    expect(new Set((await log.accept(itemsOf(kept, 100))).outcomes)).toEqual(new Set(["accepted"]));
    expect((await log.scan(null, 10_000)).map(({ event }) => event.id)).toEqual(
      itemsOf(0, kept + 100).map(({ event }) => event.id),
    );
    segments.close();
    intake.close();
  });

  it("holds changes back until state.db takes them, and tells the next commit", async () => {
    const state = new State({
      path: join(makeTempFolder(), "state.db"),
      now: () => START,
      flushAfterMs: 60_000,
      unitBytes: 0,
      journeyBytes: 0,
      keysPerPart: 100,
    });
    const change = (number: number) =>
      makeChange({
        units: [makeUnit([order(`SO-${number}`)], { facts: {} })],
        journeys: [makeJourney(`SO-${number}`, { hop: "x".repeat(500) })],
        keys: [order(`SO-${number}`)],
      });
    state.hold(change(0));
    state.flush();
    state.tables.exec("PRAGMA max_page_count = 80");
    for (let number = 1; number < 1_000; number += 1) state.hold(change(number));
    expect(() => {
      state.flush();
    }).toThrow(expect.objectContaining({ code: "full" }) as Error);
    expect(() => {
      state.hold(change(1_000));
    }).toThrow(expect.objectContaining({ code: "full" }) as Error);
    expect(state.tables.get({ sql: "SELECT count(*) AS count FROM journey" })).toEqual({ count: 1 });
    state.tables.exec("PRAGMA max_page_count = 100000");
    state.hold(change(1_000));
    expect(state.read().get({ sql: "SELECT count(*) AS count FROM journey" })).toEqual({ count: 1_001 });
    expect(state.read().get({ sql: "SELECT count FROM state_count" })).toEqual({ count: 1_001 });
    expect(state.read().get({ sql: "SELECT count(*) AS count FROM series WHERE flow = ?" }, orders)).toEqual({
      count: 1,
    });
    state.close();
  });

  it.runIf(process.platform === "linux" && process.getuid?.() === 0)("is survived on a real file system", async () => {
    const mount = makeTempFolder();
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", mount], { stdio: "ignore" });
    } catch {
      return; // A container may not mount; the tests above say the same of SQLite's own limit.
    }
    onTestFinished(() => {
      execFileSync("umount", ["-l", mount]);
    });
    const ballast = join(mount, "ballast");
    writeFileSync(ballast, Buffer.alloc(1_000_000));
    const storage = await openEventStorage({
      directory: join(mount, "events"),
      mode: "writer",
      now: () => START,
      eventsPerSegment: 2_000,
    });
    const { accepted, error } = await acceptUntilFull(async (from) => {
      await storage.events.accept(itemsOf(from, 100));
      await project(storage);
      await storage.projection.flush();
    });
    expect(error).toMatchObject({ code: "full", retryable: true });
    rmSync(ballast);
    await storage.events.accept(itemsOf(accepted, 100));
    await project(storage);
    await expectTruth(
      storage,
      itemsOf(0, accepted + 100).map((_, number) => number),
    );
    await storage.close();
  });
});
