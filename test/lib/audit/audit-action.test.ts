import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditActions, toAuditAction, wordOf } from "#lib/audit/audit-action.ts";

const root = join(import.meta.dirname, "../../..");

describe("the actions of the audit", () => {
  it("are known, whoever writes them", () => {
    const written = globSync("{app,lib,ingest}/**/*.ts", { cwd: root }).flatMap((path) =>
      [...readFileSync(join(root, path), "utf8").matchAll(/action: "([a-z_]+\.[a-z_]+)"/gu)].map((match) => match[1]),
    );
    expect(written.length).toBeGreaterThan(15);
    expect([...new Set(written)].filter((action) => toAuditAction(action ?? "") === null)).toEqual([]);
  });

  it("have a word of their own each", () => {
    expect(new Set(auditActions.map(wordOf)).size).toBe(auditActions.length);
    expect(wordOf("dead_letters.read")).toBe("dead_letters_read");
    expect(toAuditAction("something.else")).toBeNull();
  });
});
