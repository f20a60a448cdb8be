import type { FlowId, SourceId } from "#lib/id/id.ts";
import { toSourceId } from "#lib/id/id.ts";
import type { SourceProgress } from "#lib/source/source.ts";
import type { Reporter } from "#lib/storage/projection.ts";
import type { SourceHeard, Sources } from "#lib/storage/sources.ts";
import type { State, StateReader } from "#lib/storage/sqlite/state.ts";

/** Bodies were written from a SourceProgress, by us. */
const progressFrom = (body: string): SourceProgress => JSON.parse(body) as SourceProgress;

const withHeartbeat = (progress: SourceProgress, at: number, arrivedAt: number): SourceProgress => ({
  ...progress,
  heartbeatAt: Math.max(progress.heartbeatAt ?? at, at),
  lastSeenAt: Math.max(progress.lastSeenAt, arrivedAt),
});

const newSource = (source: SourceId, arrivedAt: number): SourceProgress => ({
  source,
  lastSeenAt: arrivedAt,
  acceptedTotal: 0,
  duplicateTotal: 0,
  rejectedTotal: 0,
});

/** Progress comes from state.db, heartbeats from intake.db: they can't be made again from events, so they are durable at once. */
export class SqliteSources implements Sources {
  readonly #reader: StateReader;
  readonly #intake: StateReader;
  /** The writer's: rows that are held back. */
  readonly #state: State | null;

  constructor(reader: StateReader, intake: StateReader, state: State | null) {
    this.#reader = reader;
    this.#intake = intake;
    this.#state = state;
  }

  async list(): Promise<readonly SourceProgress[]> {
    const tables = this.#state?.tables ?? this.#reader.read();
    const sources = new Map<string, SourceProgress>();
    for (const { source, body } of tables.all<{ source: string; body: string }>({
      sql: "SELECT source, body FROM source",
    })) {
      sources.set(source, progressFrom(body));
    }
    for (const [source, progress] of this.#state?.pending.sources ?? []) sources.set(source, progress);
    const beats = this.#intake
      .read()
      .all<{ source: string; at: number; arrived_at: number }>({ sql: "SELECT * FROM heartbeat" });
    for (const { source, at, arrived_at } of beats) {
      const progress = sources.get(source) ?? newSource(toSourceId(source), arrived_at);
      sources.set(source, withHeartbeat(progress, at, arrived_at));
    }
    return [...sources.values()].toSorted((a, b) => (a.source < b.source ? -1 : 1));
  }

  /** There is one writer. */
  async listHeard(): Promise<readonly SourceHeard[]> {
    return [];
  }

  async listReporters(flow: FlowId): Promise<readonly Reporter[]> {
    const tables = this.#state?.tables ?? this.#reader.read();
    const reporters = new Map<string, Reporter>();
    const rows = tables.all<Reporter>(
      { sql: "SELECT flow, step, source, newest_event_at AS newestEventAt FROM reporter WHERE flow = ?" },
      flow,
    );
    for (const reporter of rows) {
      reporters.set(`${flow}\u0000${reporter.step}\u0000${reporter.source}`, { ...reporter });
    }
    for (const [place, reporter] of this.#state?.pending.reporters ?? []) {
      if (reporter.flow === flow) reporters.set(place, reporter);
    }
    return [...reporters.values()];
  }

  async acceptHeartbeat(beat: {
    readonly source: string;
    readonly at: number;
    readonly arrivedAt: number;
  }): Promise<void> {
    this.#intake.read().run(
      `INSERT INTO heartbeat VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET at = max(at, excluded.at), arrived_at = max(arrived_at, excluded.arrived_at)`,
      beat.source,
      beat.at,
      beat.arrivedAt,
    );
  }

  async forget(sources: readonly SourceId[], flows: readonly FlowId[]): Promise<void> {
    if (this.#state === null) throw new Error("A reader forgets nothing");
    const [named, declared] = [JSON.stringify(sources), JSON.stringify(flows)];
    const file = this.#state.read();
    file.transaction(() => {
      file.run("DELETE FROM source WHERE source IN (SELECT value FROM json_each(?))", named);
      file.run(
        `DELETE FROM reporter WHERE source IN (SELECT value FROM json_each(?)) OR flow IN (SELECT value FROM json_each(?))`,
        named,
        declared,
      );
    });
    this.#intake.read().run("DELETE FROM heartbeat WHERE source IN (SELECT value FROM json_each(?))", named);
  }
}
