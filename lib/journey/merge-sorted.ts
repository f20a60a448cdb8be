/** Union of two lists that are sorted by `compare` and hold nothing twice; equal entries are joined. Gives `a` or `b` itself where the other is empty. */
export function mergeSorted<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
  join: (a: T, b: T) => T,
): readonly T[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  const merged: T[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined || right === undefined) break;
    const order = compare(left, right);
    if (order < 0) merged.push(left);
    else if (order > 0) merged.push(right);
    else merged.push(join(left, right));
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
  for (const rest of i < a.length ? a.slice(i) : b.slice(j)) merged.push(rest);
  return merged;
}
