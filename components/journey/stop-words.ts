import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import type { Names } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";
import type { JourneyLayout, PlacedStop } from "#components/journey/layout.ts";

/** Where a field broke first, to be said at that step. */
export interface FieldBreak {
  readonly step: string;
  readonly text: string;
}

export interface StopWords {
  readonly name: string;
  readonly note: string;
  /** When it happened, as short as its day allows. */
  readonly time: string | null;
  readonly lines: readonly { readonly text: string; readonly strong?: true; readonly hot?: true }[];
  /** Topic, queue or route it was seen at. */
  readonly point: string | null;
}

const listed = 3;

const someOf = (texts: readonly string[], view: View): string => {
  if (texts.length === 2)
    return view.journey("and", {
      first: view.named(texts[0] ?? "").trimStart(),
      last: view.named(texts[1] ?? "").trimEnd(),
    });
  const shown = texts.slice(0, listed).join(view.clock.language === "zh" ? "、" : ", ");
  return texts.length > listed ? `${shown}…` : shown;
};

function foldedWords(stop: PlacedStop, journey: JourneyAnswer, names: Names, view: View): StopWords {
  const t = view.journey;
  const limits = stop.steps.some((id) => journey.names.shape.find((step) => step.id === id)?.withinMs !== undefined);
  const kind = stop.status === "pending" ? "waiting" : limits ? "onTime" : "done";
  const ends = [names.step(stop.steps[0] ?? ""), names.step(stop.steps.at(-1) ?? "")];
  return {
    name: t(`folded.${kind}`, { count: stop.steps.length }),
    note: "",
    time: stop.at === null ? null : view.time(stop.at),
    lines: [{ text: ends.join(" … ") }],
    point: null,
  };
}

/** What is said at a stop of the drawing, wide or narrow. */
export function stopWords(
  stop: PlacedStop,
  layout: JourneyLayout,
  journey: JourneyAnswer,
  names: Names,
  view: View,
  fieldBreak: FieldBreak | null,
): StopWords {
  if (stop.steps.length > 1) return foldedWords(stop, journey, names, view);
  const t = view.journey;
  const step = journey.steps.find((each) => each.id === stop.id);
  const due = step?.dueAt === undefined ? null : view.time(step.dueAt);
  const overdueMs = step?.dueAt === undefined ? null : view.clock.now - Date.parse(step.dueAt);
  const lines: { text: string; strong?: true; hot?: true }[] = [];
  const say = (text: string): number => lines.push({ text });
  const stress = (text: string): number => lines.push({ text, strong: true });

  switch (stop.state) {
    case "late":
      if (due !== null && stop.at !== null && step?.dueAt !== undefined) {
        stress(t("stop.late", { due, duration: view.duration(stop.at - Date.parse(step.dueAt)) }));
      }
      break;
    case "overdue":
      stress(overdueMs === null ? t("stop.overdueBare") : t("stop.overdue", { duration: view.duration(overdueMs) }));
      if (due !== null) say(t((step?.attempts ?? 0) === 0 ? "stop.dueNothing" : "stop.due", { due }));
      break;
    case "failed":
      stress(stop.first ? t("stop.failed", { at: view.time(journey.verdict.since) }) : t("stop.failedBare"));
      if (due !== null) say(t("stop.due", { due }));
      break;
    case "unknown":
      stress(t("stop.unknown"));
      if (due !== null) say(t("stop.due", { due }));
      break;
    case "in_progress":
      stress(due === null ? t("stop.nextBare") : t("stop.next", { due }));
      break;
    case "waiting":
      if (stop.waitsFor.length > 0) {
        const waits = stop.waitsFor.flatMap((id) => layout.stops.find((each) => each.id === id) ?? []);
        const steps = someOf(
          waits.map((each) => names.step(each.steps.at(-1) ?? "")),
          view,
        );
        say(t("stop.waits", { steps: view.named(steps).trimEnd() }));
      }
      break;
    case "passed":
      say(t("stop.passed"));
      break;
    case "skipped":
    case "not_expected":
      say(t(`state.${stop.state}`));
      break;
    case "completed":
      break;
  }
  if (stop.first && (journey.verdict.values?.length ?? 0) > 0) {
    say(t("stop.missing", { values: someOf(journey.verdict.values ?? [], view) }));
  }
  const attempts = step?.attempts ?? 0;
  if (attempts > 0) say(t(stop.at === null ? "stop.attempts" : "stop.attemptsBefore", { count: attempts }));
  const arrival = layout.links.find((link) => link.to === stop.id && link.time.queueMs !== undefined);
  if (arrival?.time.queueMs !== undefined) say(t("stop.queued", { duration: view.duration(arrival.time.queueMs) }));
  if (journey.endedBy === stop.id) say(t("stop.ended"));
  if (fieldBreak !== null && fieldBreak.step === stop.id) lines.push({ text: fieldBreak.text, hot: true });

  const seen = journey.events.find((event) => event.matchedStep === stop.id && event.time === step?.at);
  return {
    name: names.step(stop.id),
    note: names.stepNote(stop.id),
    time: stop.at === null ? null : view.time(stop.at),
    lines,
    point: seen?.point ?? null,
  };
}
