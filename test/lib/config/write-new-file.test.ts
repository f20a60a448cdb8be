import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeNewFile } from "#lib/config/write-new-file.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

test("writes a file where there is none, making its folder, and leaves nothing else behind", async () => {
  const folder = makeTempFolder();
  const file = join(folder, "flows", "a.yaml");
  expect(await writeNewFile(file, "flow: a\n")).toBe(true);
  expect(readFileSync(file, "utf8")).toBe("flow: a\n");
  expect(readdirSync(join(folder, "flows"))).toEqual(["a.yaml"]);
});

test("never touches a file that is there, also when several write at once", async () => {
  const folder = makeTempFolder();
  const file = join(folder, "b.yaml");
  writeFileSync(file, "mine");
  expect(await writeNewFile(file, "yours")).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("mine");
  const other = join(folder, "c.yaml");
  const results = await Promise.all(Array.from({ length: 10 }, async (_, place) => writeNewFile(other, String(place))));
  expect(results.filter((isWritten) => isWritten)).toHaveLength(1);
  expect(readFileSync(other, "utf8")).toBe(String(results.indexOf(true)));
});
