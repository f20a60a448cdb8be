import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSourceModule } from "./support/architecture/source-module.ts";
import { listSourceFiles, listStrangersAtRoot, namingProblem, root } from "./support/architecture/source-tree.ts";
import { findViolations, rules, type Rule } from "./support/architecture/violations.ts";

const files = listSourceFiles();
const modules = files
  .filter((path) => /\.(ts|tsx|js)$/.test(path))
  .map((path) => readSourceModule(path, readFileSync(join(root, path), "utf8")));
const isFile = (path: string): boolean => existsSync(join(root, path)) && statSync(join(root, path)).isFile();

describe("the rooms of the house", () => {
  it("import only where the arrows point", () => {
    expect(findViolations(modules, isFile)).toEqual([]);
  });

  it.each(["app", "components", "ingest", "lib", "test"])("were really read: %s", (room) => {
    const read = modules.filter((module) => module.path.startsWith(`${room}/`));
    expect(read.length).toBeGreaterThan(0);
    expect(read.flatMap((module) => module.imports).filter(({ path }) => path !== undefined).length).toBeGreaterThan(0);
  });
});

/** For every rule, modules that break it. Each is read as if it stood in the tree. */
const planted: Readonly<Record<Rule, readonly (readonly [path: string, text: string])[]>> = {
  arrow: [
    ["lib/flow/planted.ts", `import { supervise } from "#ingest/supervisor/supervise.ts";`],
    ["lib/flow/planted.ts", `import type { Storage } from "#lib/storage/storage.ts";`],
    ["lib/flow/planted.ts", `export type Env = import("#lib/config/env.ts").Env;`],
    ["lib/flow/planted.ts", `import { findRecord } from "#lib/read/find-record.ts";`],
    ["lib/read/planted.ts", `import { openStorage } from "#lib/storage/open.ts";`],
    ["components/ui/planted.tsx", `import { findRecord } from "#lib/read/find-record.ts";`],
    ["lib/storage/planted.ts", `import { root } from "#test/support/architecture/source-tree.ts";`],
    ["lib/storage/sqlite/planted.ts", `import { readEnv } from "#lib/config/env.ts";`],
    ["ingest/collector/planted.ts", `const page = await import("#app/layout.tsx");`],
    ["ingest/collector/planted.ts", `export { Badge } from "#components/ui/badge.tsx";`],
    ["lib/flow/planted.ts", `import { hashPassword } from "#lib/access/password-hash.ts";`],
    ["components/ui/planted.tsx", `import type { Storage } from "#lib/storage/storage.ts";`],
    ["components/ui/planted.tsx", `import { loader } from "#app/_data/find-record.ts";`],
    ["app/_data/planted.ts", `import { supervise } from "#ingest/supervisor/supervise.ts";`],
  ],
  "adapter-behind-port": [
    ["lib/storage/sqlite/planted.ts", `import { open } from "#lib/storage/elasticsearch/open.ts";`],
    ["lib/storage/storage.ts", `import { open } from "#lib/storage/sqlite/event-log.ts";`],
    ["app/_data/planted.ts", `import { open } from "#lib/storage/sqlite/event-log.ts";`],
    ["ingest/main.ts", `import { open } from "#lib/storage/sqlite/event-log.ts";`],
  ],
  "domain-is-pure": [
    ["lib/journey/planted.ts", `import { createHash } from "node:crypto";`],
    ["lib/journey/planted.ts", `import { readFile } from "fs/promises";`],
    ["lib/read/planted.ts", `export const now = () => Date.now();`],
    ["lib/storage/planted.ts", `import { DatabaseSync } from "node:sqlite";`],
    ["lib/journey/planted.ts", `import { pino } from "pino";`],
    ["lib/journey/planted.ts", `export const now = () => Date.now();`],
    ["lib/journey/planted.ts", `export const now = () => new Date();`],
    ["lib/read/planted.ts", `export const now = () => Date.now();`],
    ["lib/journey/planted.ts", `export const dice = () => Math.random();`],
    ["lib/journey/planted.ts", `export const id = () => crypto.randomUUID();`],
    ["lib/journey/planted.ts", `export const get = (url: string) => fetch(url);`],
    ["lib/journey/planted.ts", `export const env = { ...process.env };`],
    ["lib/journey/planted.ts", `export const load = (name: string) => import(name);`],
  ],
  "framework-free": [
    ["lib/flow/planted.ts", `import { cache } from "react";`],
    ["lib/storage/sqlite/planted.ts", `import { headers } from "next/headers";`],
    ["ingest/main.ts", `import { getToken } from "next-auth/jwt";`],
  ],
  "components-in-the-browser": [
    ["components/ui/planted.tsx", `import { readFile } from "node:fs/promises";`],
    ["components/ui/planted.tsx", `import { headers } from "next/headers";`],
    ["components/ui/planted.tsx", `import "server-only";`],
  ],
  "data-behind-loaders": [["app/(console)/planted/page.tsx", `import { openStorage } from "#lib/storage/open.ts";`]],
  "environment-in-one-place": [
    ["ingest/main.ts", `export const home = process.env["HOPLINE_HOME"];`],
    ["app/_data/planted.ts", `const { env } = process;`],
    ["lib/storage/sqlite/planted.ts", `import { env } from "node:process";`],
  ],
  "rooms-by-package-imports": [["ingest/main.ts", `import { toKeyId } from "../lib/key/key.ts";`]],
  "import-exists": [
    ["ingest/main.ts", `import { toKeyId } from "#lib/key/no-such-file.ts";`],
    ["ingest/main.ts", `import { toKeyId } from "#lib/key/key";`],
  ],
};

describe("the check itself", () => {
  const cases = rules.flatMap((rule) => planted[rule].map(([path, text]) => ({ rule, path, text })));

  it.each(cases)("finds $rule in $path: $text", ({ rule, path, text }) => {
    const exists = (target: string): boolean => rule !== "import-exists" || isFile(target);
    expect(findViolations([readSourceModule(path, text)], exists).map((violation) => violation.rule)).toContain(rule);
  });

  it.each(rules)("has something planted for %s", (rule) => {
    expect(planted[rule].length).toBeGreaterThan(0);
  });

  it("finds nothing in modules that keep to the arrows", () => {
    const kept = [
      ["lib/journey/kept.ts", `import type { HopEvent } from "#lib/event/hop-event.ts"; import { z } from "zod";`],
      ["lib/read/kept.ts", `import type { EventLog } from "#lib/storage/event-log.ts";`],
      ["lib/storage/open.ts", `import { open } from "#lib/storage/sqlite/event-log.ts";`],
      ["lib/storage/sqlite/kept.ts", `import { DatabaseSync } from "node:sqlite"; const at = Date.now();`],
      ["lib/access/token-secret.ts", `import { createHash } from "node:crypto";`],
      ["components/ui/kept.tsx", `import Link from "next/link"; import { scaleLinear } from "d3";`],
      ["app/_data/kept.ts", `import { openStorage } from "#lib/storage/open.ts"; import "server-only";`],
      ["ingest/collector/kept.ts", `import { setTimeout } from "node:timers/promises"; const now = Date.now();`],
      ["ingest/command/kept.ts", `export const env = { ...process.env, NODE_ENV: "production" };`],
    ].map(([path = "", text = ""]) => readSourceModule(path, text));
    expect(findViolations(kept, () => true)).toEqual([]);
  });
});

describe("names", () => {
  it("are kebab-case and say what is inside", () => {
    const problems = files.map((path) => ({ path, problem: namingProblem(path) }));
    expect(problems.filter(({ problem }) => problem !== null)).toEqual([]);
  });

  it.each([
    "lib/flow/parseFlow.ts",
    "lib/utils/text.ts",
    "ingest/queue-manager.ts",
    "components/ui/Badge.tsx",
    "components/ui/index.tsx",
    "lib/common/text.ts",
    "lib/flow_file/parse.ts",
  ])("that break the rule are found: %s", (path) => {
    expect(namingProblem(path)).not.toBeNull();
  });

  it.each([
    "app/(console)/records/[keyType]/[...keyValue]/page.tsx",
    "app/api/v1/openapi.json/route.ts",
    "lib/storage/sqlite/README.md",
    "lib/record/too-common-warning.ts",
  ])("that keep it pass: %s", (path) => {
    expect(namingProblem(path)).toBeNull();
  });
});

describe("the root", () => {
  it("holds the house and nothing else", () => {
    expect(listStrangersAtRoot()).toEqual([]);
  });

  it("shows a stranger", () => {
    expect(listStrangersAtRoot(["lib", ".npmrc", "next.config.ts"])).toEqual(["next.config.ts"]);
  });
});
