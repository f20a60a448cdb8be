import { keyedHash } from "#lib/config/keyed-hash.ts";
import { openSecret } from "#lib/config/secret.ts";
import type { Role } from "#lib/access/role.ts";
import { toKeyType } from "#lib/id/id.ts";
import { toSearchToken } from "#lib/privacy/mask-event.ts";
import { findRecord } from "#lib/read/find-record.ts";
import { toReadStores, type ReadContext, type ReadStores } from "#lib/read/read-context.ts";
import type { JourneyAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import { openStorage } from "#lib/storage/open.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { newHome, removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";
import { openClusterView } from "#test/support/cluster-view.ts";
import { placeOf } from "#test/support/store-place.ts";
import { join } from "node:path";

/** A real worker that takes events in, and a reader on its store beside it, as the console is one. */
export interface RecordWorld {
  readonly worker: TestWorker;
  readonly stores: ReadStores;
  context(role?: Role): ReadContext;
  /** What is found by search from now on is what is found by id: in a cluster the two are of different moments. */
  refresh(): Promise<void>;
  send(...events: readonly object[]): Promise<void>;
  beat(source: string, time: number): Promise<void>;
  find(
    type: string,
    value: string,
    asked?: { readonly role?: Role; readonly searchable?: boolean },
  ): Promise<RecordAnswer | null>;
  /** Finds until what is found pleases. */
  until(type: string, value: string, pleases: (answer: RecordAnswer) => boolean): Promise<RecordAnswer>;
  close(): Promise<void>;
}

export async function startRecordWorld(flows: Readonly<Record<string, string>>): Promise<RecordWorld> {
  const home = newHome();
  const worker = await startTestWorker({ home, flows });
  const storage = await openStorage(placeOf(home), { mode: "console", now: Date.now });
  const secret = await openSecret(join(home, "secret"));
  const { events, control } = storage;
  const stores: ReadStores = toReadStores(events, control);
  const context = (role: Role = "administrator"): ReadContext => ({
    now: Date.now(),
    role,
    timeZone: "Asia/Shanghai",
    searchToken: (type, value) => toSearchToken({ type: toKeyType(type), value }, keyedHash(secret.keyFor("mask"))),
  });
  const view = openClusterView(home);
  const refresh = async (): Promise<void> => view?.refresh();
  const find: RecordWorld["find"] = async (type, value, { role, searchable = false } = {}) => {
    await refresh();
    return await findRecord(stores, { type, value, searchable }, context(role));
  };
  return {
    worker,
    stores,
    context,
    refresh,
    find,
    async send(...sent) {
      const answer = await worker.sendHops(sent);
      if (answer.accepted + answer.duplicates !== sent.length)
        throw new Error(`Not accepted: ${JSON.stringify(answer)}`);
    },
    async beat(source, time) {
      const response = await worker.post("/v1/heartbeats", { source, time });
      if (!response.ok) throw new Error(`No heartbeat: ${response.status} ${await response.text()}`);
    },
    until: async (type, value, pleases) =>
      waitFor(`${type}=${value} as wanted`, async () => {
        const answer = await find(type, value);
        return answer !== null && pleases(answer) && answer;
      }),
    async close() {
      await view?.close();
      await storage.close();
      await worker.stop();
      removeHome(home);
    },
  };
}

export const onlyJourney = ({ journeys }: RecordAnswer): JourneyAnswer => {
  const [journey, ...others] = journeys;
  if (journey === undefined || others.length > 0) throw new Error(`${journeys.length} journeys instead of one`);
  return journey;
};
