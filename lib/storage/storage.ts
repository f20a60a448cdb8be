import type { Access } from "#lib/storage/access.ts";
import type { Audit } from "#lib/storage/audit.ts";
import type { Closings } from "#lib/storage/closings.ts";
import type { DeadLetters } from "#lib/storage/dead-letters.ts";
import type { Definitions } from "#lib/storage/definitions.ts";
import type { EventLog } from "#lib/storage/event-log.ts";
import type { JourneyIndex } from "#lib/storage/journey-index.ts";
import type { Leases } from "#lib/storage/leases.ts";
import type { Measures } from "#lib/storage/measures.ts";
import type { Notes } from "#lib/storage/notes.ts";
import type { Crosswalk, KeySearch, Projection, Units } from "#lib/storage/projection.ts";
import type { Requests } from "#lib/storage/requests.ts";
import type { Sources } from "#lib/storage/sources.ts";

/** What only the worker may change, and everybody reads. */
export interface EventStorage {
  readonly events: EventLog;
  readonly projection: Projection;
  readonly units: Units;
  readonly crosswalk: Crosswalk;
  readonly keySearch: KeySearch;
  readonly journeys: JourneyIndex;
  readonly measures: Measures;
  readonly deadLetters: DeadLetters;
  readonly sources: Sources;
  /** Bytes on disk, for the disk limit and `/metrics`. */
  sizeBytes(): Promise<number>;
  /** How long calls of this process have waited while none was answered, ms. Absent where the store is this machine's own. */
  silentMs?(): number;
  close(): Promise<void>;
}

/** What every process may change. */
export interface ControlStorage {
  readonly definitions: Definitions;
  readonly access: Access;
  readonly audit: Audit;
  readonly requests: Requests;
  readonly closings: Closings;
  readonly notes: Notes;
  readonly leases: Leases;
  close(): Promise<void>;
}
