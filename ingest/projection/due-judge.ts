import type { Projector } from "#ingest/projection/projector.ts";
import type { SourceBoard } from "#ingest/projection/source-board.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

interface DueJudgeOptions {
  readonly storage: Pick<EventStorage, "journeys" | "sources">;
  readonly board: SourceBoard;
  readonly projector: Pick<Projector, "judgeAgain">;
  /** All there are. */
  readonly flows: () => readonly FlowId[];
  readonly now: () => number;
}

/** Journeys that are judged together, and written at once. */
const sliceRows = 1_000;
/** How long one call goes on beginning slices: requests at the door hardly wait, and what waits for a turn is worth it. */
const turnMs = 100;
/** How often what other workers have heard is asked for, where there are others. */
const askOthersEveryMs = 1_000;

interface WaitingStep {
  readonly flow: JourneyRow["flow"];
  readonly step: Parameters<EventStorage["journeys"]["listWaitingForStep"]>[1];
  readonly after: string | null;
}

/**
 * Judges a slice of the journeys whose stored judgement may no longer hold: a deadline has passed, a watermark has come to where it was
 * waited for, or other sources report a step now. Looks only at those, however many are open.
 */
export function createDueJudge({
  storage: { journeys, sources },
  board,
  projector,
  flows,
  now,
}: DueJudgeOptions): () => Promise<{ readonly more: boolean }> {
  const moved = new Set<string>();
  let steps: readonly WaitingStep[] = [];

  const listForSources = async (
    room: number,
    watermarks: ReadonlyMap<string, number>,
  ): Promise<readonly JourneyRow[]> => {
    const found: JourneyRow[] = [];
    for (const source of moved) {
      const rows = await journeys.listWaitingForSource(
        source,
        watermarks.get(source) ?? -Infinity,
        room - found.length,
      );
      found.push(...rows);
      if (found.length >= room) break;
      moved.delete(source);
    }
    return found;
  };

  const listForSteps = async (room: number): Promise<readonly JourneyRow[]> => {
    const found: JourneyRow[] = [];
    while (found.length < room) {
      const [first, ...rest] = steps;
      if (first === undefined) break;
      const rows = await journeys.listWaitingForStep(first.flow, first.step, first.after, room - found.length);
      found.push(...rows);
      const last = rows.at(-1);
      steps = last === undefined ? rest : [{ ...first, after: last.primary }, ...rest];
    }
    return found;
  };

  const judgeSlice = async (): Promise<{ readonly more: boolean }> => {
    const at = now();
    const watermarks = new Map<string, number>();
    for (const { source, watermark } of board.takeMoved(at)) {
      moved.add(source);
      watermarks.set(source, watermark);
    }
    for (const source of moved) if (!watermarks.has(source)) watermarks.set(source, board.watermark(source, at));
    const changed = board.takeChangedSteps().map((step): WaitingStep => ({ ...step, after: null }));
    steps = [
      ...steps.filter((kept) => !changed.some(({ flow, step }) => flow === kept.flow && step === kept.step)),
      ...changed,
    ];

    const rows = [...(await journeys.listDue(at, sliceRows))];
    if (rows.length < sliceRows) rows.push(...(await listForSources(sliceRows - rows.length, watermarks)));
    if (rows.length < sliceRows) rows.push(...(await listForSteps(sliceRows - rows.length)));
    const unique = new Map(rows.map((row) => [`${row.flow}\u0000${row.primary}`, row]));
    if (unique.size > 0) await projector.judgeAgain([...unique.values()]);
    return { more: rows.length >= sliceRows };
  };

  let askedOthersAt = -Infinity;
  const askOthers = async (): Promise<void> => {
    if (performance.now() - askedOthersAt < askOthersEveryMs) return;
    askedOthersAt = performance.now();
    const heard = await sources.listHeard();
    if (heard.length === 0) return;
    const reporters = await Promise.all(flows().map(async (flow) => sources.listReporters(flow)));
    board.noteOthers(heard, reporters.flat());
  };

  return async () => {
    await askOthers();
    const begun = performance.now();
    for (;;) {
      const slice = await judgeSlice();
      if (!slice.more || performance.now() - begun > turnMs) return slice;
    }
  };
}
