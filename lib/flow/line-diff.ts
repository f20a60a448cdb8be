/** One line of a comparison; numbers from 1, null on the side that does not have it. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** Beyond this many cells the middle is told as taken out and put in: declarations are far smaller. */
const maxCells = 4_000_000;

/** Length of the longest common subsequence of every pair of tails, row by row. */
const tails = (before: readonly string[], after: readonly string[]): readonly Uint32Array[] => {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const [row, below] = [rows[i], rows[i + 1]];
    if (row === undefined || below === undefined) continue;
    for (let j = after.length - 1; j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
};

const linesOf = (text: string): readonly string[] => text.replace(/\r?\n$/, "").split(/\r?\n/);

/** What was taken out and put in between two texts, line by line, in order; a removed line stands before the one added in its place. */
export const lineDiff = (beforeText: string, afterText: string): readonly DiffLine[] => {
  const [before, after] = [linesOf(beforeText), linesOf(afterText)];
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;

  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  const same = (): void => {
    lines.push({ kind: "same", text: before[i] ?? "", before: i + 1, after: j + 1 });
    i += 1;
    j += 1;
  };
  const removed = (): void => {
    lines.push({ kind: "removed", text: before[i] ?? "", before: i + 1, after: null });
    i += 1;
  };
  const added = (): void => {
    lines.push({ kind: "added", text: after[j] ?? "", before: null, after: j + 1 });
    j += 1;
  };

  while (i < head) same();
  const [left, right] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const common = left.length * right.length > maxCells ? null : tails(left, right);
  const at = (row: number, column: number): number => common?.[row - head]?.[column - head] ?? 0;
  const [endBefore, endAfter] = [before.length - tail, after.length - tail];
  while (i < endBefore || j < endAfter) {
    if (common !== null && i < endBefore && j < endAfter && before[i] === after[j]) same();
    else if (i < endBefore && (j >= endAfter || at(i + 1, j) >= at(i, j + 1))) removed();
    else added();
  }
  while (i < before.length) same();
  return lines;
};
