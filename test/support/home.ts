import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty home, for where one test needs many of them: `remove` is the caller's. */
export function makeHome(): { readonly home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), "hopline-test-"));
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) };
}
