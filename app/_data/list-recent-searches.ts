import "server-only";
import { z } from "zod";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";

const shown = 3;
const looked = 30;
const foundSeveral = z.object({ found: z.number().min(2) });
const textForm = /^search:(.+)$/su;

/** What this person searched for last and had to choose from, from the audit: a private value was never written there. */
export async function listRecentSearches(viewer: Viewer): Promise<readonly string[]> {
  const { items } = await currentConsole().control.audit.list({
    by: viewer.by,
    action: "record.searched",
    cursor: null,
    limit: looked,
  });
  const texts = items.flatMap(({ object, detail }) => {
    const text = textForm.exec(object)?.[1];
    return text === undefined || text === "(private)" || !foundSeveral.safeParse(detail).success ? [] : [text];
  });
  return [...new Set(texts)].slice(0, shown);
}
