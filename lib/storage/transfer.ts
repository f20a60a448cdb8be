import type { StoredEvent } from "#lib/event/hop-event.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { Key } from "#lib/key/key.ts";
import type { SourceProgress } from "#lib/source/source.ts";
import type { Credentials, PasswordLink, Token, User } from "#lib/storage/access.ts";
import type { ChainedEntry } from "#lib/storage/audit.ts";
import type { Closing } from "#lib/storage/closings.ts";
import type { DeadLetter } from "#lib/storage/dead-letters.ts";
import type { FileProblem, Surroundings } from "#lib/storage/definitions.ts";
import type { StepMatch } from "#lib/storage/event-log.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { Note } from "#lib/storage/notes.ts";
import type { Link, Reporter, Unit } from "#lib/storage/projection.ts";
import type { Request } from "#lib/storage/requests.ts";

/** Everything a store keeps, as plain JSON in the ports' own terms. What is counted from these is counted anew by the store they come to. */
export interface TransferItems {
  /** `matches`: of failed events alone, by flow; only those are counted. */
  readonly event: { readonly event: StoredEvent; readonly matches: readonly StepMatch[] };
  /** A store may name it by another id of its own. */
  readonly deadLetter: DeadLetter;
  /** With its heartbeats. */
  readonly source: SourceProgress;
  readonly reporter: Reporter;
  /** Copied, not made again: what expired events said stands nowhere else. */
  readonly unit: Unit;
  /** `day`: of the newest arrival (UTC, days since the epoch), by which it is kept. `a` before `b` by their ids. */
  readonly link: Link & { readonly day: number };
  readonly key: Key & { readonly day: number };
  readonly journey: JourneyRow;
  readonly flow: { readonly flow: FlowId; readonly declaredIn: FlowVersion["declaredIn"]; readonly active: boolean };
  /** In the order saved; `from` null: from the beginning of time. */
  readonly version: Omit<FlowVersion, "from"> & { readonly from: number | null };
  readonly setting: { readonly name: string; readonly value: unknown };
  /** At most one. */
  readonly declared: { readonly surroundings: Surroundings; readonly problems: readonly FileProblem[] };
  readonly user: Omit<User, "hasPassword"> & Credentials & { readonly passwordLink: PasswordLink | null };
  /** At most one. */
  readonly setupLink: PasswordLink;
  readonly token: Token & { readonly secretHash: string };
  /** In the order of each chain. */
  readonly auditEntry: ChainedEntry;
  readonly request: Request;
  readonly closing: Closing;
  /** Deleted ones, while their text is kept. */
  readonly note: Note & { readonly deletedAt: number | null };
}

export type TransferKind = keyof TransferItems;

/** In the order they are written: none needs a later one. */
export const eventKinds = ["event", "deadLetter", "source", "reporter", "unit", "link", "key", "journey"] as const;
export const controlKinds = [
  "flow",
  "version",
  "setting",
  "declared",
  "user",
  "setupLink",
  "token",
  "auditEntry",
  "request",
  "closing",
  "note",
] as const;
export const transferKinds: readonly TransferKind[] = [...eventKinds, ...controlKinds];

export interface TransferPage<Item> {
  readonly items: readonly Item[];
  /** The place after the last of them, to go on from, also in another process; null where there are no more. */
  readonly next: string | null;
}

/** All of one kind. */
export interface Transferred<Item> {
  count(): Promise<number>;
  /** In an order that stays while nothing changes, after the place that was given out before; about `limit` of them. */
  read(after: string | null, limit: number): Promise<TransferPage<Item>>;
  /** Durable when resolved. The same again changes nothing. */
  write(items: readonly Item[]): Promise<void>;
}

/** How far one kind has come. */
export interface KindProgress {
  readonly after: string | null;
  readonly done: boolean;
  readonly count: number;
  /** Sum of the items' checksums, hexadecimal. */
  readonly checksum: string;
}

/** What a store keeps of a copy that was made into it, until it is complete and afterwards. */
export interface TransferProgress {
  /** Address of the store it comes from. */
  readonly source: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  /** How many of each kind the source held when it began. */
  readonly expected: Readonly<Partial<Record<TransferKind, number>>>;
  readonly kinds: Readonly<Partial<Record<TransferKind, KindProgress>>>;
}

export type TransferKinds = { readonly [Kind in TransferKind]: Transferred<TransferItems[Kind]> };

/**
 * A whole store, for copying it into another one. While it is open nobody else changes the store: opening rejects with StorageError
 * `locked` where a worker has it. A store that a copy has begun to fill, and not finished, opens in no other way (`conflict`).
 */
export interface Transfer {
  readonly kinds: TransferKinds;
  /** Kept events that are not worked into units and journeys yet: a copy would never do it. Counted up to `limit`. */
  countUnprojected(limit: number): Promise<number>;
  /** Of the copy that was made into this store; null where none was. */
  progress(): Promise<TransferProgress | null>;
  saveProgress(progress: TransferProgress): Promise<void>;
  /** A source's: from now on, until it is closed, nobody changes anything. With `copiedTo` its own audit says first that it is copied there. */
  hold(copiedTo: string | null): Promise<void>;
  /** A target's, after everything was written: what is derived is complete, and the log counts as worked in. */
  complete(): Promise<void>;
  close(): Promise<void>;
}
