import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { stateKind } from "#lib/storage/sqlite/state-schema.ts";
import { makeChange, order, TEN } from "#test/conformance/events/make.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "hopline-key-parts-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it("finds, keeps and forgets keys of a file that had all endings in one index", async () => {
  const file = new SqliteFile(join(directory, "state.db"), "create");
  file.exec(`${stateKind.steps[0] ?? ""}; PRAGMA user_version = 1`);
  for (const number of ["1", "2", "3"]) {
    file.run("INSERT INTO key_beginning VALUES (?, ?, 'order_no', 1)", `a${number}77`, `A${number}-77`);
    file.run("INSERT INTO key_ending VALUES (?, ?, 'order_no')", `77${number}a`, `A${number}-77`);
  }
  file.close();

  const storage = await openEventStorage({ directory, mode: "writer", now: () => TEN, keysPerPart: 2 });
  const old = [order("A1-77"), order("A2-77"), order("A3-77")];
  expect(await storage.keySearch.list("177", 9)).toEqual([]);
  await storage.projection.commit(makeChange({ keys: [order("B2-1-77"), old[1] ?? order(""), order("C2-1-77")] }));
  expect(await storage.keySearch.list("2177", 9)).toEqual([order("B2-1-77"), order("C2-1-77")]);
  expect(await storage.keySearch.list("a277", 9)).toEqual([old[1]]);
  await storage.projection.forget({ units: [], journeys: [], keys: old.slice(0, 2) });
  expect(await storage.keySearch.list("a277", 9)).toEqual([]);
  expect(await storage.keySearch.list("a377", 9)).toEqual([old[2]]);
  await storage.close();
});
