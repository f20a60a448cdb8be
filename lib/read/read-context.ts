import type { Role } from "#lib/access/role.ts";
import type { ControlStorage, EventStorage } from "#lib/storage/storage.ts";

/** The ports that reads ask. */
export type ReadStores = Pick<
  EventStorage,
  "events" | "units" | "crosswalk" | "keySearch" | "journeys" | "measures" | "deadLetters" | "sources"
> &
  Pick<ControlStorage, "definitions">;

/** Who asks, and when. */
export interface ReadContext {
  /** Epoch ms. */
  readonly now: number;
  readonly role: Role;
  /** Of days and of times in sentences, e.g. `Asia/Shanghai`. */
  readonly timeZone: string;
  /** HMAC of type and normalised value of a searchable key, as `StoredEvent.searchable` holds it (lib/privacy). */
  readonly searchToken: (type: string, value: string) => string;
}
