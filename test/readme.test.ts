import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "#ingest/command/commands.ts";
import { settings } from "#lib/config/env.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Cells of the table that begins with this header line, row by row. */
const tableUnder = (header: string): readonly (readonly string[])[] => {
  const [, after = ""] = readme.split(`${header}\n`);
  const rows = after.split("\n\n", 1)[0]?.split("\n").slice(1) ?? [];
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

describe("the README", () => {
  it("lists every setting with its default and meaning, and no other", () => {
    const listed = tableUnder("| setting | default | meaning |").map(([name, value, meaning]) => [
      name?.replaceAll("`", ""),
      value?.replaceAll("`", ""),
      meaning,
    ]);
    expect(listed).toEqual(settings.map((setting) => [setting.name, setting.default, setting.meaning]));
  });

  it("names every command of the command line", () => {
    const listed = tableUnder("| command | what it does |")
      .map(([command]) => command)
      .join(" ");
    for (const { name } of commands) expect(listed).toContain(name);
  });

  it("gives the two commands near the top", () => {
    const top = readme.split("\n").slice(0, 40).join("\n");
    expect(top).toContain("npm ci && npm start");
    expect(top).toContain("npm ci && npm test");
  });
});
