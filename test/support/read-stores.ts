import { join } from "node:path";
import { keyedHash } from "#lib/config/keyed-hash.ts";
import { openSecret } from "#lib/config/secret.ts";
import { toKeyType } from "#lib/id/id.ts";
import { toSearchToken } from "#lib/privacy/mask-event.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { openStorage, type Place } from "#lib/storage/open.ts";
import { placeOf } from "#test/support/store-place.ts";

export interface Reading {
  readonly stores: ReadStores;
  /** As an administrator asks now. */
  context(): ReadContext;
  close(): Promise<void>;
}

/** The stores of a running worker, as the console reads them. */
export async function openReading(home: string, place: Place = placeOf(home)): Promise<Reading> {
  const { events, control, close } = await openStorage(place, { mode: "command", now: Date.now });
  const hash = keyedHash((await openSecret(join(home, "secret"))).keyFor("mask"));
  return {
    stores: { ...control, ...events },
    context: () => ({
      now: Date.now(),
      role: "administrator",
      timeZone: "Asia/Shanghai",
      searchToken: (type, value) => toSearchToken({ type: toKeyType(type), value }, hash),
    }),
    close,
  };
}
