import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { linesFile } from "#components/look-up/lines-file.ts";
import { lookUpLines as lookUp } from "#lib/read/look-up-lines.ts";
import type { LookUpLine } from "#lib/search/look-up-line.ts";
import { auditRead } from "#app/_data/audit-read.ts";
import { currentConsole } from "#app/_data/console.ts";
import { pageText } from "#app/_data/page-text.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

const read = async (viewer: Viewer, keys: readonly string[], isExport: boolean): Promise<readonly LookUpLine[]> => {
  const { stores, context } = readScope(viewer, "records.read");
  const { lines, records } = await lookUp(stores, keys, context, {
    language: viewer.language,
    pause: async () => nextTurn(),
  });
  const detail = { keys: keys.length, records };
  auditRead(viewer, { action: isExport ? "records.exported" : "records.looked_up", object: "records", detail });
  return lines;
};

/** One line a pasted number, with names. Audited by the records found. */
export const lookUpLines = async (
  viewer: Viewer,
  keys: readonly string[],
): Promise<{ readonly asOf: number; readonly lines: readonly LookUpLine[] }> => ({
  asOf: currentConsole().now(),
  lines: await read(viewer, keys, false),
});

/** The same as a file for a spreadsheet; audited as an export. */
export const exportLines = async (viewer: Viewer, keys: readonly string[]): Promise<string> => {
  const lines = await read(viewer, keys, true);
  const [t, reason, state] = await Promise.all([pageText("lookUp"), pageText("reason"), pageText("state")]);
  const { now, settings } = currentConsole();
  const { language, timeZone } = viewer;
  return linesFile(
    lines,
    { lookUp: t, reason, state, clock: { now: now(), language, timeZone } },
    settings.publicUrl.replace(/\/+$/u, ""),
  );
};
