/** `T02 Check confirmation` → `t02_check_confirmation`; empty where nothing of it can stand in an id. */
export const toIdText = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[_0-9]+|_+$/g, "")
    .slice(0, 64)
    .replace(/_+$/, "");

/** A step id for each activity, unique, in the order given. Names that leave nothing (Chinese, digits) become `step_1`, `step_2`… */
export const nameSteps = (activities: readonly string[]): ReadonlyMap<string, string> => {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  activities.forEach((activity, index) => {
    const base = toIdText(activity) || `step_${index + 1}`;
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base.slice(0, 60)}_${n}`;
    taken.add(name);
    names.set(activity, name);
  });
  return names;
};
