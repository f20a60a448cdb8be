import type { EventPosition } from "#lib/storage/event-log.ts";
import type { ForgottenProjection, Projection, ProjectionChange } from "#lib/storage/projection.ts";
import type { Expiry } from "#lib/storage/sqlite/expiry.ts";
import { forgetRows } from "#lib/storage/sqlite/forget-rows.ts";
import type { State, StateReader } from "#lib/storage/sqlite/state.ts";

const readOnly = (): never => {
  throw new Error("A reader changes nothing");
};

/** Changes of what is derived, in the writer; a reader asks for the position only. */
export class SqliteProjection implements Projection {
  readonly #reader: StateReader;
  readonly #writer: { readonly state: State; readonly expiry: Expiry } | null;

  constructor(reader: StateReader, writer: { readonly state: State; readonly expiry: Expiry } | null) {
    this.#reader = reader;
    this.#writer = writer;
  }

  async position(): Promise<EventPosition | null> {
    const pending = this.#writer?.state.pending.position ?? null;
    if (pending !== null) return pending;
    return this.#reader.read().get<{ place: EventPosition }>({ sql: "SELECT place FROM position" })?.place ?? null;
  }

  async commit(change: ProjectionChange): Promise<void> {
    if (this.#writer === null) return readOnly();
    this.#writer.state.hold(change);
  }

  async flush(): Promise<void> {
    this.#writer?.state.flush();
  }

  async forget(what: ForgottenProjection): Promise<void> {
    if (this.#writer === null) return readOnly();
    forgetRows(this.#writer.state, what);
  }

  async expire(before: number): Promise<boolean> {
    return this.#writer === null ? readOnly() : this.#writer.expiry.next(before);
  }
}
