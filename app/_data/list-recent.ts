import "server-only";
import { z } from "zod";
import { toFlowId } from "#lib/id/id.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import type { JourneyState } from "#lib/journey/judgement.ts";
import { currentConsole } from "#app/_data/console.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

export interface RecentRecord {
  readonly type: string;
  readonly value: string;
  /** The worst of the journeys it leads to. */
  readonly state: JourneyState | null;
}

const shown = 5;
const looked = 60;
const worst: readonly JourneyState[] = ["failed", "overdue", "unknown", "in_progress", "completed_late", "completed"];
const detailForm = z.object({ records: z.array(z.string()) });
const objectForm = /^record:([a-z][a-z0-9_]{0,63})=(.+)$/su;

/** What this person looked at last, from the audit: the same on every device, and gone with the account. */
export async function listRecent(viewer: Viewer): Promise<readonly RecentRecord[]> {
  const { stores, context } = readScope(viewer, "records.read");
  const { items } = await currentConsole().control.audit.list({
    by: viewer.by,
    action: "record.read",
    cursor: null,
    limit: looked,
  });
  const newest = [...new Map(items.toReversed().map((item) => [item.object, item])).values()].toSorted(
    (a, b) => b.at - a.at,
  );
  const flows = new Set<string>(
    visibleFlows(await knownFlows(stores.definitions), context.role).map(({ flow }) => flow),
  );
  const found = await Promise.all(
    newest.slice(0, shown).map(async ({ object, detail }): Promise<readonly RecentRecord[]> => {
      const [, type, value] = objectForm.exec(object) ?? [];
      if (type === undefined || value === undefined) return [];
      const rows = await stores.journeys.findMany(recordsOf(detail).filter(({ flow }) => flows.has(flow)));
      if (rows.length === 0) return [];
      const state = worst.find((each) => rows.some((row) => row.state === each)) ?? null;
      return [{ type, value, state }];
    }),
  );
  return found.flat();
}

/** The journeys that were shown, as find-record.ts writes them down: `flow/primary`. */
function recordsOf(detail: unknown) {
  const { records } = detailForm.catch({ records: [] }).parse(detail);
  return records.slice(0, 10).flatMap((text) => {
    const cut = text.indexOf("/");
    return cut < 1 ? [] : [{ flow: toFlowId(text.slice(0, cut)), primary: text.slice(cut + 1) }];
  });
}
