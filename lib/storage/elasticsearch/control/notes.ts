import { journeyObject } from "#lib/audit/journey-object.ts";
import type { AuditEntry } from "#lib/storage/audit.ts";
import type { DefinitionState } from "#lib/storage/elasticsearch/control/definition-state.ts";
import type { Documents, Patch } from "#lib/storage/elasticsearch/control/documents.ts";
import { journeyPlace } from "#lib/storage/elasticsearch/control/journey-place.ts";
import type { Change, Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import type { JourneyId } from "#lib/storage/journey-index.ts";
import type { Note, Notes } from "#lib/storage/notes.ts";

/** A deleted text can be brought back for so long; with the next change of any note after that it is gone. */
const keptMs = 24 * 60 * 60 * 1_000;

interface KeptNote extends Note {
  readonly deletedAt: number | null;
}

/** All notes on one journey, oldest first: a page about it reads one document. */
export interface JourneyNotes {
  readonly notes: readonly KeptNote[];
}

/** In which document a note stands. */
interface NotePlace {
  readonly place: string;
}

export const notesPlace = (journey: JourneyId): string => `notes:${journeyPlace(journey)}`;
export const notePointer = (id: string): string => `note:${id}`;

const compare = (a: JourneyId, b: JourneyId): number => {
  if (a.flow !== b.flow) return a.flow < b.flow ? -1 : 1;
  return a.primary === b.primary ? 0 : a.primary < b.primary ? -1 : 1;
};

const toPatch = (place: string, flow: string, notes: readonly KeptNote[]): Patch =>
  notes.length === 0
    ? { id: place, kind: "gone", fields: null }
    : { id: place, kind: "notes", flow, fields: { notes } };

type Action = "note.added" | "note.deleted" | "note.restored";

const told = (action: Action, note: Note, at: number): AuditEntry => {
  const detail = { note: note.id, characters: Array.from(note.text).length };
  return { at, by: note.by, action, object: journeyObject(note), result: "done", detail };
};

export function clusterNotes(documents: Documents, ledger: Ledger<DefinitionState>, newId: () => string): Notes {
  const notesAt = async (place: string): Promise<readonly KeptNote[]> =>
    (await documents.find<JourneyNotes>(place))?.notes ?? [];

  /** The change that also lets go of texts deleted long ago, which may stand in the same document. */
  const changeOf = async (
    state: DefinitionState,
    place: string,
    notes: readonly KeptNote[],
    entry: AuditEntry,
    patches: readonly Patch[] = [],
  ): Promise<Change<DefinitionState>> => {
    const old = state.deletedNotes.filter(({ at }) => at < entry.at - keptMs);
    const oldIds = new Set(old.map(({ id }) => id));
    const changed = new Map<string, readonly KeptNote[]>([[place, notes]]);
    for (const each of old) if (!changed.has(each.place)) changed.set(each.place, await notesAt(each.place));
    const rest = [...changed].flatMap(([at, all]) => {
      const [first] = all;
      const left = all.filter(({ id }) => !oldIds.has(id));
      return first === undefined ? [] : [toPatch(at, first.flow, left)];
    });
    return {
      state: { ...state, deletedNotes: state.deletedNotes.filter(({ id }) => !oldIds.has(id)) },
      patches: [...rest, ...patches, ...old.map(({ id }) => ({ id: notePointer(id), kind: "gone", fields: null }))],
      entry,
    };
  };

  /** Marks a note of this author as deleted or not; false where it is so already. */
  const mark = async (action: Action, id: string, author: string, at: number, isDeleting: boolean): Promise<boolean> =>
    ledger.change(async (state) => {
      const place = (await documents.find<NotePlace>(notePointer(id)))?.place;
      const notes = place === undefined ? [] : await notesAt(place);
      const note = notes.find((each) => each.id === id && each.author === author);
      if (place === undefined || note === undefined || (note.deletedAt === null) !== isDeleting)
        return { result: false };
      if (note.deletedAt !== null && note.deletedAt < at - keptMs) return { result: false };
      const deletedAt = isDeleting ? at : null;
      const marked = notes.map((each) => (each === note ? { ...note, deletedAt } : each));
      const others = state.deletedNotes.filter((each) => each.id !== id);
      const deletedNotes = isDeleting ? [...others, { place, id, at }] : others;
      const change = await changeOf({ ...state, deletedNotes }, place, marked, told(action, note, at));
      return { result: true, change };
    });

  return {
    async list(journey) {
      const notes = await notesAt(notesPlace(journey));
      return notes.flatMap(({ deletedAt, ...note }) => (deletedAt === null ? [note] : []));
    },
    async add({ flow, primary, at, author, by, text }) {
      const note: Note = { id: newId(), flow, primary, at, author, by, text };
      const place = notesPlace(note);
      return await ledger.change(async (state) => {
        const notes = [...(await notesAt(place)), { ...note, deletedAt: null }];
        const pointer = { id: notePointer(note.id), kind: "note", flow, fields: { place } };
        return { result: note, change: await changeOf(state, place, notes, told("note.added", note, at), [pointer]) };
      });
    },
    async delete(id, author, at) {
      return await mark("note.deleted", id, author, at, true);
    },
    async restore(id, author, at) {
      return await mark("note.restored", id, author, at, false);
    },
    async listJourneys(before, after, limit) {
      const found = await documents.list<JourneyNotes>([{ term: { kind: "notes" } }]);
      return [...found.values()]
        .flatMap(({ notes }) => notes.find(({ at }) => at < before) ?? [])
        .map(({ flow, primary }) => ({ flow, primary }))
        .filter((journey) => after === null || compare(journey, after) > 0)
        .toSorted(compare)
        .slice(0, limit);
    },
    async forget(journeys, before) {
      return await ledger.change(async (state) => {
        const found = await documents.findMany<JourneyNotes>(journeys.map(notesPlace));
        const gone = [...found.values()].flatMap(({ notes }) => notes.filter(({ at }) => at < before));
        if (gone.length === 0) return { result: 0 };
        const ids = new Set(gone.map(({ id }) => id));
        const rest = [...found].flatMap(([place, { notes }]) => {
          const [first] = notes;
          const left = notes.filter(({ id }) => !ids.has(id));
          return first === undefined || left.length === notes.length ? [] : [toPatch(place, first.flow, left)];
        });
        const pointers = [...ids].map((id): Patch => ({ id: notePointer(id), kind: "gone", fields: null }));
        const deletedNotes = state.deletedNotes.filter(({ id }) => !ids.has(id));
        return { result: ids.size, change: { state: { ...state, deletedNotes }, patches: [...rest, ...pointers] } };
      });
    },
  };
}
