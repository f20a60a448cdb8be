import { describe, expect, it } from "vitest";
import { foundOrSkipped } from "#test/support/require.ts";

describe("a tool that some tests need", () => {
  it("is passed on when it is there", () => {
    expect(foundOrSkipped("chromium", "/usr/bin/chromium", { hint: "install it", required: "chromium" })).toBe(
      "/usr/bin/chromium",
    );
  });

  it("is announced as left out in one line when it is missing", () => {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    expect(foundOrSkipped("chromium", undefined, { hint: "install it", required: "", say })).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/^skipped: .*chromium.*install it$/)]);
  });

  it("fails the run when it is missing and required", () => {
    const find = (): unknown =>
      foundOrSkipped("chromium", undefined, { hint: "install it", required: "elasticsearch, chromium" });
    expect(find).toThrow(/chromium is required .* install it/);
  });
});
