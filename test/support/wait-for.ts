import { setTimeout } from "node:timers/promises";

type Missing = undefined | null | false;

/** Polls until `find` answers something other than undefined, null or false. Fails after `timeoutMs`, saying what was awaited. */
export async function waitFor<T>(
  what: string,
  find: () => Missing | T | Promise<Missing | T>,
  { timeoutMs = 15_000, intervalMs = 20 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<T> {
  for (let waitedMs = 0; waitedMs <= timeoutMs; waitedMs += intervalMs) {
    const found = await find();
    if (found !== undefined && found !== null && found !== false) return found;
    await setTimeout(intervalMs);
  }
  throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`);
}
