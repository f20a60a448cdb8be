import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findChromium } from "#test/support/chromium.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

function makeExecutable(name: string): { folder: string; path: string } {
  const folder = makeTempFolder();
  const path = join(folder, name);
  writeFileSync(path, "");
  chmodSync(path, 0o755);
  return { folder, path };
}

describe("the browser to test with", () => {
  it("is the one the environment names", () => {
    const { path } = makeExecutable("my-browser");
    expect(findChromium({ CHROMIUM_PATH: path, PATH: "" })).toBe(path);
  });

  it("is found on PATH", () => {
    const { folder, path } = makeExecutable("chromium");
    expect(findChromium({ PATH: `/no/such/folder:${folder}` })).toBe(path);
  });

  it("is missing when the environment names one that is not there", () => {
    const { folder } = makeExecutable("chromium");
    expect(findChromium({ CHROMIUM_PATH: "/no/such/browser", PATH: folder })).toBeUndefined();
  });
});
