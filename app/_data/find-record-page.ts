import "server-only";
import type { Casework } from "#components/casework/casework.ts";
import { mayDo } from "#lib/access/permission.ts";
import { ReadError } from "#lib/api/problem.ts";
import { journeysQuery } from "#lib/api/journeys-schema.ts";
import { toFlowId } from "#lib/id/id.ts";
import { toTime } from "#lib/record/to-time.ts";
import type { JourneyAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import type { RecordQuestion } from "#lib/read/look-up.ts";
import type { SearchAnswer } from "#lib/search/search-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { findRecord } from "#app/_data/find-record.ts";
import { listJourneys } from "#app/_data/list-journeys.ts";
import { readScope } from "#app/_data/read-scope.ts";
import { searchRecords } from "#app/_data/search-records.ts";
import type { Viewer } from "#app/_data/session.ts";

/** Where a journey stands in the list of those that fail alike, with its neighbours. */
export interface Neighbours {
  readonly place: number;
  readonly total: number;
  readonly previous: string | null;
  readonly next: string | null;
}

export interface FoundRecord {
  readonly answer: RecordAnswer;
  readonly shown: number;
  readonly neighbours: Neighbours | null;
  readonly mayReadPayloads: boolean;
  readonly publicUrl: string;
  /** null where nothing can be closed or noted: no journey, or one that waits for a link. */
  readonly casework: FoundCasework | null;
}

type FoundCasework = Omit<Casework, "closing" | "noting" | "isClosing">;

/** Further down the list nobody walks from record to record. */
const walked = 100;

/** What the record page shows; where the key is not known, what a search for it finds. */
export async function findRecordPage(
  viewer: Viewer,
  question: RecordQuestion,
  choose: (journeys: readonly JourneyAnswer[]) => number,
): Promise<FoundRecord | { readonly answer: null; readonly search: SearchAnswer }> {
  const answer = await findRecord(viewer, question);
  if (answer === null) return { answer, search: await searchRecords(viewer, question.value) };
  const shown = choose(answer.journeys);
  const journey = answer.journeys[shown];
  return {
    answer,
    shown,
    neighbours: journey === undefined || answer.record.brief === true ? null : await findNeighbours(viewer, journey),
    mayReadPayloads: mayDo(viewer.role, "payloads.read"),
    publicUrl: currentConsole().settings.publicUrl,
    casework: journey === undefined ? null : await findCasework(viewer, journey),
  };
}

async function findCasework(viewer: Viewer, { flow, primary }: JourneyAnswer): Promise<FoundCasework | null> {
  if (primary === null) return null;
  const { stores } = readScope(viewer, "records.read");
  const notes = await stores.notes.list({ flow: toFlowId(flow), primary });
  return {
    viewer: viewer.by,
    mayClose: mayDo(viewer.role, "journeys.close"),
    mayWrite: mayDo(viewer.role, "notes.write"),
    notes: notes.map(({ id, at, by, text, author }) => ({ id, at: toTime(at), by, text, isOwn: author === viewer.id })),
  };
}

async function findNeighbours(viewer: Viewer, { primary, verdict }: JourneyAnswer): Promise<Neighbours | null> {
  const { alike } = verdict;
  if (alike === undefined || alike.count < 2 || primary === null) return null;
  const asked = Object.fromEntries(new URLSearchParams(alike.href.split("?")[1] ?? ""));
  const query = journeysQuery.safeParse({ ...asked, limit: String(walked) });
  if (!query.success) return null;
  try {
    const { items } = await listJourneys(viewer, query.data);
    const index = items.findIndex((item) => item.primary === primary);
    if (index < 0) return null;
    const at = (place: number): string | null => items[place]?.primary ?? null;
    return { place: index + 1, total: alike.count, previous: index === 0 ? null : at(index - 1), next: at(index + 1) };
  } catch (error) {
    // a filter the list does not take leaves the page without neighbours, not without its record
    if (error instanceof ReadError) return null;
    throw error;
  }
}
