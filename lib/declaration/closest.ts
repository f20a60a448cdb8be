/** How many letters must be inserted, deleted, replaced or swapped with their neighbour to make one text the other. */
const distance = (a: string, b: string): number => {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (older[j - 2] ?? 0) + 1);
      row.push(best);
    }
    older = old;
    old = row;
  }
  return old[b.length] ?? 0;
};

/** The name that was probably meant; undefined where none is near. */
export const closest = (written: string, names: Iterable<string>): string | undefined => {
  const wanted = written.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length * 0.4)) + 1;
  for (const name of names) {
    const known = name.toLowerCase();
    const begun = wanted.length >= 3 && (known.startsWith(wanted) || wanted.startsWith(known));
    const away = begun ? 1 : distance(wanted.slice(0, 64), known.slice(0, 64));
    if (away < least) {
      best = name;
      least = away;
    }
  }
  return best;
};

const maxChoices = 12;

/** `a`, `b` or `c`; of many the first. */
export const toChoice = (names: Iterable<string>): string => {
  const all = [...new Set(names)].map((name) => `\`${name}\``);
  if (all.length > maxChoices)
    return `${all.slice(0, maxChoices).join(", ")} or another of the ${all.length} there are`;
  const last = all.pop() ?? "";
  return all.length === 0 ? last : `${all.join(", ")} or ${last}`;
};
