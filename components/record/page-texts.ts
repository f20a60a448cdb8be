import type { JourneyAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import type { OwnKey } from "#components/ui/own-keys.ts";
import { stateWords } from "#components/record/state-mark.tsx";
import type { View } from "#components/record/view.ts";

const headWords = (journey: JourneyAnswer, view: View): string =>
  journey.closed === undefined ? stateWords(journey, view) : view.casework("close.badge");

/** Title of the tab: the record and how it stands. */
export function recordTitle(answer: RecordAnswer, shown: number, view: View): string {
  const journey = answer.journeys[shown];
  const record = answer.record.brief === true ? answer.record.value : (journey?.primary ?? answer.record.value);
  const state = journey === undefined ? view.state("unknown") : headWords(journey, view);
  return view.record("pageTitle", { record, state });
}

export function liveTexts(
  answer: RecordAnswer,
  shown: number,
  view: View,
): { on: string; held: string; stale: string; changed: string } {
  const journey = answer.journeys[shown];
  const state = journey === undefined ? view.state("unknown") : stateWords(journey, view);
  return {
    on: view.record("live.on"),
    held: view.record("live.held", { time: view.time(answer.record.asOf) }),
    stale: view.record("live.stale", { time: view.time(answer.record.asOf) }),
    changed:
      journey?.closed === undefined
        ? view.record("live.changed", { state })
        : view.casework("close.changed", { by: journey.closed.by }),
  };
}

/** Keys that a record's page has beside those of every page. */
export function recordKeys(view: View): readonly OwnKey[] {
  const t = view.record;
  return [
    { key: "E", does: t("keyboard.evidence") },
    { key: "F", does: t("keyboard.fields") },
    { key: "W", does: t("keyboard.raw") },
    { key: "C", does: t("keyboard.chat") },
    { key: "L", does: t("keyboard.link") },
    { key: "D", does: view.compare("open") },
    { key: "X", does: `${view.casework("close.open")} / ${view.casework("close.undo")}` },
    { key: "A", does: view.casework("notes.add") },
    { key: "[", does: t("keyboard.earlier") },
    { key: "]", does: t("keyboard.later") },
    { key: "J", does: t("keyboard.next") },
    { key: "K", does: t("keyboard.previous") },
  ];
}
