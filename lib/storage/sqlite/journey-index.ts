import type { FlowId, StepId } from "#lib/id/id.ts";
import type { JourneyState } from "#lib/journey/judgement.ts";
import type {
  AlikeQuery,
  FailureCount,
  FailureGroup,
  JourneyCursor,
  JourneyId,
  JourneyIndex,
  JourneyPage,
  JourneyQuery,
  JourneyRow,
  TroubleCount,
  TroubleQuery,
} from "#lib/storage/journey-index.ts";
import { closedRows, leavingOut, type ClosedRow } from "#lib/storage/sqlite/closed-rows.ts";
import { countFailures } from "#lib/storage/sqlite/failure-counts.ts";
import { countTrouble, listTrouble } from "#lib/storage/sqlite/trouble-counts.ts";
import { listByKeyForm } from "#lib/storage/sqlite/journey-key-search.ts";
import { placeOfCursor, toCursor } from "#lib/storage/journey-cursor.ts";
import { countPlaces, listPlaces } from "#lib/storage/sqlite/journey-streams.ts";
import { journeyFrom } from "#lib/storage/journey-body.ts";
import { journeyIdOf } from "#lib/storage/sqlite/pending.ts";
import { Series } from "#lib/storage/sqlite/series.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import type { State, StateReader } from "#lib/storage/sqlite/state.ts";
import { codeOfState } from "#lib/storage/sqlite/state-code.ts";

export class SqliteJourneyIndex implements JourneyIndex {
  readonly #reader: StateReader;
  /** The writer's: rows that are held back. */
  readonly #state: State | null;

  constructor(reader: StateReader, state: State | null) {
    this.#reader = reader;
    this.#state = state;
  }

  async find(flow: FlowId, primary: string): Promise<JourneyRow | null> {
    return this.#find(flow, primary);
  }

  async findMany(ids: readonly { readonly flow: FlowId; readonly primary: string }[]): Promise<readonly JourneyRow[]> {
    return ids.map(({ flow, primary }) => this.#find(flow, primary)).filter((row) => row !== null);
  }

  async list(
    query: JourneyQuery,
    page: { readonly cursor: JourneyCursor | null; readonly limit: number },
  ): Promise<JourneyPage> {
    const after = page.cursor === null ? null : placeOfCursor(page.cursor);
    const file = this.#reader.read();
    return file.snapshot(() => {
      const rows =
        query.keyForm === undefined
          ? listPlaces(file, new Series(), query, after, page.limit + 1).map(({ id }) => bodyOf(file, id))
          : listByKeyForm(file, query.keyForm, query, after, page.limit + 1);
      const items = rows.slice(0, page.limit);
      const last = items.at(-1);
      return { items, next: last === undefined || rows.length <= page.limit ? null : toCursor(last) };
    });
  }

  async count(query: JourneyQuery, limit: number): Promise<number> {
    const file = this.#reader.read();
    return file.snapshot(() =>
      query.keyForm === undefined
        ? countPlaces(file, new Series(), query, limit)
        : listByKeyForm(file, query.keyForm, query, null, limit).length,
    );
  }

  async countByState(
    flows: readonly FlowId[],
    closed?: readonly JourneyId[],
  ): Promise<ReadonlyMap<FlowId, Readonly<Record<JourneyState, number>>>> {
    const file = this.#reader.read();
    return file.snapshot(() => {
      const hidden = closedRows(file, closed);
      return new Map(flows.map((flow) => [flow, countStates(file, flow, hidden)]));
    });
  }

  async countStarted(
    flows: readonly FlowId[],
    from: number,
    to: number,
  ): Promise<ReadonlyMap<FlowId, Readonly<Record<JourneyState, number>>>> {
    const file = this.#reader.read();
    return new Map(flows.map((flow) => [flow, countStarted(file, flow, from, to)]));
  }

  async countAlike(
    query: AlikeQuery,
    closed?: readonly JourneyId[],
  ): Promise<{ readonly count: number; readonly since: number | null }> {
    const file = this.#reader.read();
    const kinds = file.snapshot(() => countKinds(file, query, closedRows(file, closed)));
    const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
    return { count, since: count === 0 ? null : Math.min(...kinds.map((kind) => kind.since ?? Infinity)) };
  }

  async countDue(
    flow: FlowId,
    step: StepId,
    from: number,
    to: number,
    now: number,
  ): Promise<{ readonly due: number; readonly missing: number }> {
    const row = this.#reader.read().get<{ due: number; missing: number }>(
      {
        sql: `SELECT count(*) AS due, count(*) - ifnull(sum(arrived), 0) AS missing FROM due
       WHERE series = (SELECT id FROM series WHERE flow = ? AND name = ?) AND due_at >= ? AND due_at <= ? AND due_at < ?`,
      },
      flow,
      step,
      from,
      to,
      now,
    );
    return { due: row?.due ?? 0, missing: row?.missing ?? 0 };
  }

  async countFailures(
    query: Parameters<JourneyIndex["countFailures"]>[0],
    groups: readonly FailureGroup[],
    limit: number,
  ): Promise<readonly FailureCount[]> {
    const file = this.#reader.read();
    return file.snapshot(() => countFailures(file, query, groups, limit));
  }

  async countTrouble(query: TroubleQuery, bucketMs: number | null, limit: number): Promise<readonly TroubleCount[]> {
    const file = this.#reader.read();
    return file.snapshot(() => countTrouble(file, query, bucketMs, limit));
  }

  async listTrouble(query: TroubleQuery, first: "newest" | "oldest", limit: number): Promise<readonly JourneyRow[]> {
    const file = this.#reader.read();
    return file.snapshot(() => listTrouble(file, query, first, limit));
  }

  async listDue(now: number, limit: number): Promise<readonly JourneyRow[]> {
    return this.#list("SELECT body FROM journey WHERE wake_at <= ? ORDER BY wake_at LIMIT ?", now, limit);
  }

  async listWaitingForSource(source: string, watermark: number, limit: number): Promise<readonly JourneyRow[]> {
    return this.#list(
      `SELECT wake_after AS after, body FROM journey WHERE wake_source = ? AND wake_after < ?
       UNION ALL
       SELECT further_wait.after, body FROM further_wait JOIN journey ON journey.id = further_wait.journey
         WHERE further_wait.source = ? AND further_wait.after < ?
       ORDER BY 1 LIMIT ?`,
      source,
      watermark,
      source,
      watermark,
      limit,
    );
  }

  async listWaitingForStep(
    flow: FlowId,
    step: StepId,
    after: string | null,
    limit: number,
  ): Promise<readonly JourneyRow[]> {
    return this.#list(
      `SELECT primary_value, body FROM journey
         WHERE flow = (SELECT id FROM series WHERE flow = ? AND name = '') AND wake_step = ? AND primary_value > ?
       UNION ALL
       SELECT further_wait.primary_value, body FROM further_wait JOIN journey ON journey.id = further_wait.journey
         WHERE further_wait.flow = (SELECT id FROM series WHERE flow = ? AND name = '') AND further_wait.step = ?
           AND further_wait.primary_value > ?
       ORDER BY 1 LIMIT ?`,
      flow,
      step,
      after ?? "",
      flow,
      step,
      after ?? "",
      limit,
    );
  }

  async scan(flow: FlowId, after: string | null, limit: number): Promise<readonly JourneyRow[]> {
    return this.#list(
      `SELECT body FROM journey WHERE flow = (SELECT id FROM series WHERE flow = ? AND name = '') AND primary_value > ?
       ORDER BY primary_value LIMIT ?`,
      flow,
      after ?? "",
      limit,
    );
  }

  #find(flow: FlowId, primary: string): JourneyRow | null {
    const id = journeyIdOf(flow, primary);
    const held = this.#state?.pending.journeys.get(id);
    if (held !== undefined) return held.row;
    const cached = this.#state?.writer.journeys.findCached(id) ?? null;
    if (cached !== null) return cached;
    const row = (this.#state?.tables ?? this.#reader.read()).get<{ body: string }>(
      {
        sql: `SELECT body FROM journey WHERE flow = (SELECT id FROM series WHERE flow = ? AND name = '') AND primary_value = ?`,
      },
      flow,
      primary,
    );
    return row === undefined ? null : journeyFrom(row.body);
  }

  #list(sql: string, ...values: readonly (string | number)[]): readonly JourneyRow[] {
    return this.#reader
      .read()
      .all<{ body: string }>({ sql: sql }, ...values)
      .map((row) => journeyFrom(row.body));
  }
}

const bodyOf = (file: SqliteFile, id: number): JourneyRow => {
  const row = file.get<{ body: string }>({ sql: "SELECT body FROM journey WHERE id = ?" }, id);
  if (row === undefined) throw new Error(`Journey ${id} is in an index of ${file.path} but not in its table`);
  return journeyFrom(row.body);
};

const countKinds = (
  file: SqliteFile,
  { flow, step, reason, errorClass, field }: AlikeQuery,
  hidden: readonly ClosedRow[],
): readonly { readonly count: number; readonly since: number | null }[] =>
  file
    .all<{ id: number; count: number }>(
      {
        sql: "SELECT id, count FROM failure WHERE flow = ? AND step = ? AND reason = ? AND error_class IS ? AND field IS ?",
      },
      flow,
      step,
      reason,
      errorClass,
      field,
    )
    .map(({ id, count }) => {
      const own = hidden.filter((row) => row.failure === id);
      const { sql, values } = leavingOut(own);
      const first = file.get<{ since: number }>(
        { sql: `SELECT since FROM journey WHERE failure = ? ${sql} ORDER BY since LIMIT 1` },
        id,
        ...values,
      );
      return { count: count - own.length, since: first?.since ?? null };
    });

const countStates = (file: SqliteFile, flow: FlowId, hidden: readonly ClosedRow[]): StateCounts => {
  const rows = file.all<{ flow: number; state: number; count: number }>(
    {
      sql: "SELECT flow, state, count FROM state_count WHERE flow = (SELECT id FROM series WHERE flow = ? AND name = '')",
    },
    flow,
  );
  const counts = new Map(
    rows.map((row) => [
      row.state,
      row.count - hidden.filter(({ flow: own, state }) => own === row.flow && state === row.state).length,
    ]),
  );
  return eachState((code) => counts.get(code) ?? 0);
};

/** Read from an index alone, one state at a time: the order it stands in. */
const countStarted = (file: SqliteFile, flow: FlowId, from: number, to: number): StateCounts => {
  const sql = `SELECT count(*) AS count FROM journey
       WHERE flow = (SELECT id FROM series WHERE flow = ? AND name = '') AND state = ? AND started_at >= ? AND started_at < ?`;
  return eachState((code) => file.get<{ count: number }>({ sql }, flow, code, from, to)?.count ?? 0);
};

type StateCounts = Readonly<Record<JourneyState, number>>;

const eachState = (countOf: (code: number) => number): StateCounts => ({
  in_progress: countOf(codeOfState("in_progress")),
  completed: countOf(codeOfState("completed")),
  completed_late: countOf(codeOfState("completed_late")),
  overdue: countOf(codeOfState("overdue")),
  failed: countOf(codeOfState("failed")),
  unknown: countOf(codeOfState("unknown")),
});
