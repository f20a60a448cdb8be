import { sayOnce } from "#test/support/say-once.ts";

/** Names in HOPLINE_REQUIRE (comma-separated) may not be skipped: where one is missing, the run fails. */
function isRequired(name: string, required = process.env["HOPLINE_REQUIRE"] ?? ""): boolean {
  return required.split(",").some((item) => item.trim() === name);
}

/** Passes on what was found. Missing: throws where it is required, else says in one line what is left out and why. */
export function foundOrSkipped<T>(
  name: string,
  found: T | undefined,
  { hint, required, say = sayOnce }: { hint: string; required?: string; say?: (line: string) => void },
): T | undefined {
  if (found !== undefined) return found;
  if (isRequired(name, required)) throw new Error(`${name} is required (HOPLINE_REQUIRE) and was not found: ${hint}`);
  say(`skipped: tests that need ${name}, which was not found: ${hint}`);
  return undefined;
}
