import { latencyQuery } from "#lib/api/flows-schema.ts";
import { deadLettersQuery } from "#lib/api/intake-schema.ts";
import { failuresQuery, journeysQuery } from "#lib/api/journeys-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { hashTokenSecret } from "#lib/access/token-secret.ts";
import { countFailures } from "#lib/read/count-failures.ts";
import { findRecord } from "#lib/read/find-record.ts";
import { listDeadLetters } from "#lib/read/list-dead-letters.ts";
import { listJourneys } from "#lib/read/list-journeys.ts";
import { listSources } from "#lib/read/list-sources.ts";
import { lookUpRecords } from "#lib/read/look-up-records.ts";
import { toReadStores, type ReadContext } from "#lib/read/read-context.ts";
import { readFailures } from "#lib/read/read-failures.ts";
import { listFlows, readFlow } from "#lib/read/read-flow.ts";
import { readLatency } from "#lib/read/read-latency.ts";
import { openStorage, type Storage } from "#lib/storage/open.ts";
import type { CopyWorld } from "./copy-world.ts";

const query = (text: string): URLSearchParams => new URLSearchParams(text);

/** A home, as a console opens it. */
export const homeAt =
  (home: string, { now }: CopyWorld): (() => Promise<Storage>) =>
  async () =>
    openStorage({ home, elasticsearch: null }, { mode: "console", now: () => now });

/** What the console answers of a store, and what its people and commands have done, all at one moment. */
export async function readAnswers(
  open: () => Promise<Storage>,
  world: CopyWorld,
): Promise<Readonly<Record<string, unknown>>> {
  const { events, control, close } = await open();
  try {
    const stores = toReadStores(events, control);
    const context: ReadContext = {
      now: world.now,
      role: "administrator",
      timeZone: "Asia/Shanghai",
      searchToken: world.searchToken,
    };
    const period = { from: world.now - 86_400_000, to: world.now + 1 };
    const { cursor: _, ...letters } = parseQuery(deadLettersQuery, query("limit=100"));
    const users = await control.access.listUsers();
    return {
      records: await Promise.all(
        world.keys.map(async ({ type, value }) =>
          findRecord(stores, { type, value, searchable: type === "customer_phone" }, context),
        ),
      ),
      journeys: await listJourneys(stores, parseQuery(journeysQuery, query("limit=500")), context),
      overdue: await listJourneys(
        stores,
        parseQuery(journeysQuery, query("state=overdue,failed&q=SO-&limit=500")),
        context,
      ),
      failures: await readFailures(stores, { period, choice: {}, open: null, elapsed: () => 0 }, context, "en"),
      failedEvents: await countFailures(
        stores,
        parseQuery(failuresQuery, query("group=flow,step,class,signature&attempts=true")),
        context,
      ),
      failedJourneys: await countFailures(stores, parseQuery(failuresQuery, query("group=flow,step,class")), context),
      latency: await readLatency(stores, "order-to-cash", parseQuery(latencyQuery, query("bucket=1h")), context),
      skews: await stores.measures.negativeLatencies(world.flow, "placed..paid"),
      sources: await listSources(stores, context),
      deadLetters: (await listDeadLetters(stores, letters)).items.map(({ id: _id, ...letter }) => letter),
      openLetters: await stores.deadLetters.countByCause(),
      lookUp: await lookUpRecords(
        stores,
        world.keys.map(({ value }) => value),
        context,
        async () => undefined,
      ),
      keys: await stores.keySearch.list("0042", 50),
      flows: await listFlows(stores, context),
      flow: await readFlow(stores, "order-to-cash", context),
      versions: await control.definitions.listVersions(),
      active: await control.definitions.listActive(),
      surroundings: await control.definitions.surroundings(),
      problems: await control.definitions.listProblems(),
      setting: await control.definitions.findSetting("copied"),
      users,
      credentials: await Promise.all(users.map(async ({ name }) => control.access.findUserByName(name))),
      invited: await control.access.findPasswordLink(world.linkHash, world.now),
      // Asking for one below notes its use.
      tokens: (await control.access.listTokens()).map((token) => ({ ...token, lastUsedAt: null })),
      token: (await control.access.findToken(hashTokenSecret(world.token)))?.id,
      closings: await control.closings.list(),
      notes: await control.notes.list(world.noted),
      request: await control.requests.findNewest(["redrive", "rejudge"]),
      audit: (await control.audit.list({ cursor: null, limit: 500 })).items.toSorted(byChain),
      heads: (await control.audit.heads()).toSorted((a, b) => (a.process < b.process ? -1 : 1)),
      brokenAudit: await control.audit.verify(),
    };
  } finally {
    await close();
  }
}

const byChain = (
  a: { readonly process: string; readonly sequence: number },
  b: { readonly process: string; readonly sequence: number },
): number => (a.process === b.process ? a.sequence - b.sequence : a.process < b.process ? -1 : 1);
