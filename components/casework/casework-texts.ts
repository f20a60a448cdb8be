import type { CaseworkResult } from "#components/casework/casework-answer.ts";
import { longestNote, longestReason } from "#lib/casework/written-text.ts";
import type { View } from "#components/record/view.ts";

/** What can go wrong, said. */
export type ProblemTexts = Readonly<Record<Exclude<CaseworkResult, "done"> | "unreachable", string>>;

const problemTexts = (t: View["casework"], longest: number): ProblemTexts => ({
  empty: t("problem.empty"),
  long: t("problem.long", { count: longest }),
  gone: t("problem.gone"),
  completed: t("problem.completed"),
  unreachable: t("problem.unreachable"),
});

/** Texts of the parts that run in the browser, which is sent no catalogue of them. */
export function closingTexts({ casework: t }: View, viewer: string) {
  return {
    open: t("close.open"),
    title: t("close.title"),
    hint: t("close.hint"),
    reason: t("close.reason"),
    example: t("close.example"),
    submit: t("close.submit"),
    cancel: t("close.cancel"),
    undo: t("close.undo"),
    now: t("close.now"),
    kept: t("close.kept"),
    byMe: t("close.by", { by: viewer }),
    problem: problemTexts(t, longestReason),
  };
}
export type ClosingTexts = ReturnType<typeof closingTexts>;

export function noteTexts({ casework: t }: View, viewer: string) {
  return {
    viewer,
    title: t("notes.title"),
    none: t("notes.none"),
    add: t("notes.add"),
    label: t("notes.label", { count: longestNote }),
    hint: t("notes.hint"),
    save: t("notes.save"),
    cancel: t("notes.cancel"),
    delete: t("notes.delete"),
    deleted: t("notes.deleted"),
    undo: t("notes.undo"),
    now: t("notes.now"),
    problem: problemTexts(t, longestNote),
  };
}
export type NoteTexts = ReturnType<typeof noteTexts>;
