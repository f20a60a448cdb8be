import type { Casework } from "#components/casework/casework.ts";
import { addNote } from "#app/_actions/add-note.ts";
import { closeJourney } from "#app/_actions/close-journey.ts";
import { deleteNote } from "#app/_actions/delete-note.ts";
import { reopenJourney } from "#app/_actions/reopen-journey.ts";
import { restoreNote } from "#app/_actions/restore-note.ts";

/** What the browser may ask for on a record's page; each action decides by itself who may. */
export const recordActions: Pick<Casework, "closing" | "noting"> = {
  closing: { close: closeJourney, reopen: reopenJourney },
  noting: { add: addNote, delete: deleteNote, restore: restoreNote },
};
