import { mkdtemp, open as openFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, it } from "vitest";
import { toFlowId } from "#lib/id/id.ts";
import { openControlStorage } from "#lib/storage/sqlite/control/open-control-storage.ts";
import { applicationId, migrations } from "#lib/storage/sqlite/control/schema.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hopline-control-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const open = (mode: "worker" | "console" = "console") => openControlStorage({ directory, mode, now: () => 1_000 });
const raw = (): DatabaseSync => new DatabaseSync(join(directory, "control.db"));

it("goes on where it was when opened again", async () => {
  const first = open();
  await first.access.createUser({ name: "li", role: "support", passwordHash: "h", createdAt: 1 }, "command");
  await first.close();
  const second = open();
  expect(await second.access.countUsers()).toBe(1);
  await second.close();
});

it("writes every commit through to the disk, with a log that readers do not block", async () => {
  const storage = open();
  const database = raw();
  expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  database.close();
  await storage.close();
});

it("refuses a store that a newer Hopline wrote, and leaves it as it is", async () => {
  await open().close();
  const database = raw();
  database.exec("PRAGMA user_version = 999");
  expect(() => open()).toThrow(expect.objectContaining({ code: "newer_version", retryable: false }));
  expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 999 });
  database.close();
});

it("refuses a file that is not a database", async () => {
  await writeFile(join(directory, "control.db"), "not a database, but long enough to look at ".repeat(40));
  expect(() => open()).toThrow(expect.objectContaining({ code: "damaged", retryable: false }));
});

it("refuses a database that is not Hopline's", async () => {
  const database = raw();
  database.exec("PRAGMA user_version = 1; CREATE TABLE other (a)");
  database.close();
  expect(() => open()).toThrow(expect.objectContaining({ code: "damaged" }));
});

it("refuses a store with damaged pages before it is used", async () => {
  const storage = open();
  await storage.definitions.saveSetting("large", "x".repeat(60_000));
  await storage.close();
  const file = await openFile(join(directory, "control.db"), "r+");
  for (let page = 3; page < 12; page += 1) await file.write(Buffer.alloc(512, 0xa5), 0, 512, page * 4_096);
  await file.close();
  expect(() => open("worker")).toThrow(expect.objectContaining({ code: "damaged" }));
});

it("is made once when several processes open a fresh directory at the same moment", async () => {
  await Promise.all(
    Array.from(
      { length: 6 },
      async (_, index) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(new URL("open-at-once.ts", import.meta.url), {
            workerData: { directory, name: `user-${index}` },
          });
          worker.once("exit", resolve);
          worker.once("error", reject);
        }),
    ),
  );
  const storage = open();
  expect(await storage.access.countUsers()).toBe(6);
  expect(await storage.audit.verify()).toBeNull();
  await storage.close();
});

it("takes a file of version 1 forward, with everything in it, and has closings and notes then", async () => {
  const [first = ""] = migrations;
  const old = raw();
  old.exec(`${first}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
  old.exec(
    "INSERT INTO user (id, name, name_form, role, password_hash, created_at) VALUES ('u1', 'li', 'li', 'support', 'h', 1)",
  );
  old.close();
  const storage = open();
  expect(await storage.access.findUserByName("li")).toMatchObject({ id: "u1", passwordHash: "h" });
  const journey = { flow: toFlowId("orders"), primary: "SO-1" };
  expect(await storage.closings.close({ ...journey, at: 1, by: "li", reason: "Refunded" })).toBe(true);
  expect(await storage.notes.list(journey)).toEqual([]);
  await storage.close();
  const migrated = raw();
  expect(migrated.prepare("PRAGMA user_version").get()).toEqual({ user_version: migrations.length });
  migrated.close();
});
