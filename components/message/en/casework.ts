/** Closing a record by hand, notes on it, and what to tell its owners. */
export const casework = {
  close: {
    open: "Close by hand",
    title: "Close this record by hand",
    hint: "It is no longer counted as needing action. Its verdict stays as evidence, and you can undo this.",
    reason: "Reason",
    example: "Refunded by phone",
    submit: "Close the record",
    cancel: "Cancel",
    badge: "Closed by hand",
    by: "Closed by {by}:",
    now: "just now",
    undo: "Open again",
    changed: "Closed by {by}",
    kept: "The verdict, as evidence:",
    chat: "Closed by {by}: {reason}.",
  },
  notes: {
    title: "Notes",
    none: "No notes yet.",
    add: "Add a note",
    label: "Your note, up to {count, number} characters",
    hint: "Everybody who may read this record reads its notes.",
    save: "Save the note",
    cancel: "Cancel",
    delete: "Delete",
    deleteOf: "Delete your note of {time}",
    deleted: "Note deleted.",
    undo: "Undo",
    now: "just now",
  },
  problem: {
    empty: "Write something first.",
    long: "This is too long: at most {count, number} characters.",
    gone: "This is no longer there. Load the page again.",
    completed: "The record has been completed in the meantime, so there is nothing to close.",
    unreachable: "The console can’t be reached. Nothing was changed; try again.",
  },
  cause: {
    title: "The same cause",
    count: "{count, plural, one {# record} other {# records}} since {since}",
    list: "See them all",
    place: "This is number {place}",
    alone: "No other record fails this way now.",
    tell: "What to tell each owner",
    copyFor: "Copy for {team}",
  },
  owner: {
    provides: {
      field:
        "{team}: {sentence} You provide this data: can you check {field} at the source, and send it again once it is there?",
      step: "{team}: {sentence} You provide this data: can you check at the source whether it was sent on to {step}?",
      unknown: "{team}: {sentence} You provide this data: can you check whether {step} is still reported?",
    },
    processes: {
      field:
        "{team}: {sentence} You process this step: can you check where {field} gets lost or changed on the way to {step}?",
      step: "{team}: {sentence} You process this step: can you check {step}, and say when it has gone through?",
      unknown: "{team}: {sentence} You process this step: can you look up in {step} itself whether it arrived?",
    },
    monitors: {
      field: "{team}: {sentence} You monitor this step: can you follow {field} until {step} has taken it?",
      step: "{team}: {sentence} You monitor this step: can you follow it until {step} has gone through?",
      unknown: "{team}: {sentence} You monitor this step: can you check why nothing is heard of {step}?",
    },
    others: "{count, plural, one {# other is} other {# others are}} alike since {since}.",
  },
};
