/** Vitest reads its configuration, and with it every module of ours, once for each project: what was said is remembered by the process. */
const remembered = Symbol.for("hopline.said-once");

/** Says a line that was not said before in this process. */
export function sayOnce(line: string): void {
  const known: unknown = Reflect.get(globalThis, remembered);
  const said = known instanceof Set ? known : new Set();
  Reflect.set(globalThis, remembered, said);
  if (said.has(line)) return;
  said.add(line);
  console.warn(line);
}
