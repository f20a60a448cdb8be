import type { JourneyAnswer, StepAnswer } from "#lib/record/record-answer.ts";
import type { LocalText } from "#lib/people/people.ts";
import type { Language } from "#lib/time-text/duration-text.ts";
import { timeText } from "#lib/time-text/time-text.ts";
import type { View } from "#components/record/view.ts";

const maxSteps = 5;

/** Minutes are enough on the phone: `10:41`, `11-22 10:02`. */
const shortTime = (at: string, { clock }: View): string =>
  timeText(Date.parse(at), clock).replace(/^(\d{2}:\d{2}):\d{2}$/u, "$1");

const ownTitle = (text: LocalText | undefined, language: Language): string | undefined => text?.[language];

/** Names of systems and flows, which a customer has no use for. */
function internalWords({ names, steps, flow }: JourneyAnswer): ReadonlySet<string> {
  const titles = Object.values(names.systems).flatMap(({ title }) => [title?.en ?? "", title?.zh ?? ""]);
  const words = [...titles, ...steps.map((step) => step.system), flow];
  return new Set(words.filter((word) => word.length > 1).map((word) => word.toLowerCase()));
}

/**
 * A step's title in the customer's language, where it has one that is not the name of a system. What the flow's author did not
 * write in that language, or wrote for colleagues, is left unsaid.
 */
function titlesFor(journey: JourneyAnswer, language: Language): (id: string) => string | null {
  const internal = internalWords(journey);
  const titles = Object.values(journey.names.steps).map((text) => ownTitle(text, language));
  return (id) => {
    const title = Object.hasOwn(journey.names.steps, id) ? ownTitle(journey.names.steps[id], language) : undefined;
    if (title === undefined || /[_`{}<>/\\()（）]|https?:/u.test(title)) return null;
    if (/\p{Script=Han}/u.test(title) !== (language === "zh")) return null;
    if (titles.filter((each) => each === title).length > 1) return null;
    const lower = title.toLowerCase();
    return internal.has(lower) || lower.split(/\s+/u).some((word) => internal.has(word)) ? null : title;
  };
}

const isSettled = (step: StepAnswer): step is StepAnswer & { readonly at: string } =>
  ["settled", "late", "skipped"].includes(step.status) && step.at !== undefined;

/** A contract's field title that a customer can read: words of their language, not an id. */
function fieldTitle(journey: JourneyAnswer, language: Language): string | null {
  const { field } = journey.verdict;
  const need = journey.names.shape.flatMap((step) => step.needs).find((each) => each.field === field);
  if (need?.title === undefined || need.title === field || /[_`{}<>]/u.test(need.title)) return null;
  return language === "en" && /\p{Script=Han}/u.test(need.title) ? null : need.title;
}

/** What can be said to the customer: facts only, no promise, no names, no system words. Plain text, a few short sentences. */
export function customerText(journey: JourneyAnswer, key: string, view: View): string {
  const t = view.record;
  const { language } = view.clock;
  const { verdict } = journey;
  if (journey.primary === null) return t("customer.waiting", { record: key });

  const titleOf = titlesFor(journey, language);
  const settled = journey.steps.filter(isSettled).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const last = settled.at(-1);
  const said: string[] = [];
  const at = shortTime(journey.endedBy === undefined ? (last?.at ?? journey.lastEventAt) : journey.lastEventAt, view);

  said.push(t("customer.received", { record: journey.primary, at: shortTime(journey.startedAt, view) }));
  const isOver = journey.state === "completed" || journey.state === "completed_late";
  const done = (isOver ? [] : settled).flatMap((step) => {
    const title = titleOf(step.id);
    return title === null ? [] : [t("customer.step", { step: title, at: shortTime(step.at, view) })];
  });
  if (done.length > 0)
    said.push(t("customer.steps", { steps: done.slice(-maxSteps).join(language === "zh" ? "、" : ", ") }));
  else if (last !== undefined && !isOver) said.push(t("customer.lastSeen", { at }));

  const broken = verdict.step === null ? null : titleOf(verdict.step);
  if (journey.endedBy !== undefined) said.push(t("customer.ended", { at }));
  else {
    switch (journey.state) {
      case "completed":
        said.push(t("customer.completed", { at }));
        break;
      case "completed_late":
        said.push(t("customer.completedLate", { at }));
        break;
      case "in_progress": {
        if (!journey.steps.some((step) => step.status === "late")) said.push(t("customer.inProgress"));
        const next = nextStep(journey);
        const title = next === null ? null : titleOf(next);
        if (title !== null) said.push(t("customer.next", { step: title }));
        break;
      }
      case "overdue": {
        const due = shortTime(verdict.dueAt ?? verdict.since, view);
        said.push(broken === null ? t("customer.overdueBare", { due }) : t("customer.overdue", { step: broken, due }));
        break;
      }
      case "failed":
        said.push(broken === null ? t("customer.failedBare") : t("customer.failed", { step: broken }));
        break;
      case "unknown":
        said.push(broken === null ? t("customer.unknownBare") : t("customer.unknown", { step: broken }));
        break;
    }
    const field = fieldTitle(journey, language);
    if (field !== null && (verdict.reason === "missing_field" || verdict.reason === "bad_format")) {
      said.push(t("customer.field", { field }));
    }
  }
  said.push(t("customer.asOf", { at: shortTime(new Date(view.clock.now).toISOString(), view) }));
  return said.join(language === "zh" ? "" : " ");
}

/** The first required step that is open and whose predecessors have happened. */
function nextStep({ names, steps }: JourneyAnswer): string | null {
  const status = new Map(steps.map((step) => [step.id, step.status]));
  const isOpen = (id: string): boolean => ["pending", "overdue", "unknown", "failed"].includes(status.get(id) ?? "");
  const ready = names.shape.find(
    (step) => isOpen(step.id) && !step.optional && !step.ends && ![...step.after, ...step.afterAny].some(isOpen),
  );
  return ready?.id ?? null;
}
