import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineDiff, type DiffLine } from "#lib/flow/line-diff.ts";

const signs = { same: " ", removed: "-", added: "+" } as const;
const drawn = (lines: readonly DiffLine[]): readonly string[] => lines.map(({ kind, text }) => signs[kind] + text);

describe("the difference of two versions", () => {
  it("shows a changed line as taken out and put in, between lines that stayed", () => {
    expect(drawn(lineDiff("flow: a\nwithin: 5s\nsteps:\n", "flow: a\nwithin: 9s\nsteps:\n"))).toEqual([
      " flow: a",
      "-within: 5s",
      "+within: 9s",
      " steps:",
    ]);
  });

  it("numbers the lines of each side", () => {
    expect(lineDiff("a\nb", "b\nc")).toEqual([
      { kind: "removed", text: "a", before: 1, after: null },
      { kind: "same", text: "b", before: 2, after: 1 },
      { kind: "added", text: "c", before: null, after: 2 },
    ]);
  });

  it("finds nothing between a text and itself, whatever ends its lines", () => {
    expect(lineDiff("a\nb\n", "a\r\nb").every(({ kind }) => kind === "same")).toBe(true);
  });

  it("gives back both texts, with no more change than there must be", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before.join("\n"), after.join("\n"));
        expect(lines.flatMap((line) => (line.before === null ? [] : [line.text]))).toEqual(before);
        expect(lines.flatMap((line) => (line.after === null ? [] : [line.text]))).toEqual(after);
        expect(lines.filter(({ kind }) => kind === "same")).toHaveLength(longestCommon(before, after));
      }),
    );
  });
});

/** The plain recursion. */
function longestCommon(
  a: readonly string[],
  b: readonly string[],
  i = 0,
  j = 0,
  known = new Map<number, number>(),
): number {
  if (i === a.length || j === b.length) return 0;
  const place = i * 100 + j;
  const found = known.get(place);
  if (found !== undefined) return found;
  const length =
    a[i] === b[j]
      ? 1 + longestCommon(a, b, i + 1, j + 1, known)
      : Math.max(longestCommon(a, b, i + 1, j, known), longestCommon(a, b, i, j + 1, known));
  known.set(place, length);
  return length;
}
