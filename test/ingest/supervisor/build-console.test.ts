import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildConsole, isConsoleBuildCurrent } from "#ingest/supervisor/build-console.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

/** A project whose `next build` writes what a build leaves, or fails. */
function makeProject({ exitCode = 0, brokenOff = false } = {}): {
  root: string;
  build: () => Promise<number>;
  builds: () => number;
} {
  const root = makeTempFolder();
  for (const folder of ["app", "components", "lib/flow", ".next"]) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ["package.json", "package-lock.json", "tsconfig.json"]) writeFileSync(join(root, file), "{}");
  writeFileSync(join(root, "lib/flow/flow.ts"), "export const one = 1;");
  let builds = 0;
  const run = (): Promise<number> => {
    builds += 1;
    if (exitCode === 0 && !brokenOff) writeFileSync(join(root, ".next/BUILD_ID"), "built");
    return Promise.resolve(exitCode);
  };
  return { root, build: () => buildConsole(root, { run }), builds: () => builds };
}

describe("the console's build", () => {
  it("is made when there is none, and kept while its sources stay the same", async () => {
    const project = makeProject();
    expect(await project.build()).toBe(0);
    expect(await project.build()).toBe(0);
    expect(project.builds()).toBe(1);
  });

  it.each([
    ["a source changed", "lib/flow/flow.ts", "export const one = 2;"],
    ["a source came", "lib/flow/step.ts", ""],
    ["the dependencies changed", "package-lock.json", `{ "lockfileVersion": 3 }`],
  ])("is made again when %s", async (_what, path, text) => {
    const project = makeProject();
    await project.build();
    writeFileSync(join(project.root, path), text);
    await project.build();
    expect(project.builds()).toBe(2);
  });

  it("is made again when it is not whole", async () => {
    const project = makeProject();
    await project.build();
    rmSync(join(project.root, ".next/BUILD_ID"));
    expect(await isConsoleBuildCurrent(project.root)).toBe(false);
  });

  it("is not taken for current after a build that failed", async () => {
    const project = makeProject({ exitCode: 1 });
    expect(await project.build()).toBe(1);
    writeFileSync(join(project.root, ".next/BUILD_ID"), "of an earlier build");
    expect(await isConsoleBuildCurrent(project.root)).toBe(false);
  });

  it("is not taken for made when it broke off without an error", async () => {
    const project = makeProject({ brokenOff: true });
    writeFileSync(join(project.root, ".next/BUILD_ID"), "of an earlier build");
    expect(await project.build()).not.toBe(0);
    expect(await isConsoleBuildCurrent(project.root)).toBe(false);
  });
});
