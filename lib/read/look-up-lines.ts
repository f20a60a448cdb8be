import { toSearchForm } from "#lib/key/search-form.ts";
import { namesOf } from "#lib/journey/names.ts";
import type { JudgedStep } from "#lib/journey/judgement.ts";
import { titleIn } from "#lib/people/title-in.ts";
import { detect } from "#lib/privacy/detect.ts";
import { showMasked } from "#lib/privacy/show-masked.ts";
import { inLanes } from "#lib/read/in-lanes.ts";
import { createJudging } from "#lib/read/judge-now.ts";
import { knownFlows, visibleFlows } from "#lib/read/known-flows.ts";
import { createLookUp, type FoundJourneys, type LookUp } from "#lib/read/look-up.ts";
import { judgeFound, type JudgedRecord, keysAtOnce } from "#lib/read/look-up-records.ts";
import { knownClosings } from "#lib/read/open-journeys.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import type { LookUpLine, LookUpRecord } from "#lib/search/look-up-line.ts";
import { recordPath } from "#lib/search/search-answer.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

const allDetectors = { phone: true, id_card: true, bank_card: true, email: true };
/** A pasted number that leads to more journeys shows the worst of this many a flow. */
const maxJourneys = 50;
/** Keys that differ from what was pasted in separators and case only. */
const maxForgiven = 3;

interface LinesAnswer {
  readonly lines: readonly LookUpLine[];
  /** `flow/primary` of all that was found, for the audit. */
  readonly records: readonly string[];
}

/**
 * One line a pasted number, in the order pasted, as a page shows it; separators and case forgiven where the exact number is not known.
 * `pause` lets others be answered in between.
 */
export async function lookUpLines(
  stores: ReadStores,
  keys: readonly string[],
  context: ReadContext,
  { language, pause }: { readonly language: Language; readonly pause: () => Promise<void> },
): Promise<LinesAnswer> {
  const known = await knownFlows(stores.definitions);
  const flows = visibleFlows(known, context.role);
  const closings = await knownClosings(stores.closings);
  const judging = createJudging(stores, known, context);
  const answers = await inLanes(keys, keysAtOnce, async (key) => {
    const lookUp = createLookUp(stores, known, flows, context, judging);
    const found = await findForgiving(key, lookUp, stores);
    const { journeys, unmatched } = await judgeFound(found, closings, lookUp, context);
    const line = toLine(key, { found, journeys, unmatched }, lookUp, language);
    await pause();
    return { line, records: journeys.map(({ found: each, primary }) => `${each.flow.flow}/${primary ?? ""}`) };
  });
  return {
    lines: answers.map(({ line }) => line),
    records: [...new Set(answers.flatMap(({ records }) => records))],
  };
}

const isEmpty = ({ journeys, waiting, tooCommon }: FoundJourneys): boolean =>
  journeys.length === 0 && waiting.length === 0 && tooCommon === null;

async function findForgiving(key: string, lookUp: LookUp, { keySearch }: ReadStores): Promise<FoundJourneys> {
  const exact = await lookUp.find({ type: "_", value: key, searchable: true, most: maxJourneys });
  const form = toSearchForm(key);
  if (!isEmpty(exact) || form === "") return exact;
  const known = await keySearch.list(form, maxForgiven);
  for (const { type, value } of known.filter((each) => toSearchForm(each.value) === form)) {
    const found = await lookUp.find({ type, value, searchable: false, most: maxJourneys });
    if (!isEmpty(found)) return found;
  }
  return exact;
}

function toLine(
  key: string,
  {
    found,
    journeys,
    unmatched,
  }: { readonly found: FoundJourneys; readonly journeys: readonly JudgedRecord[]; readonly unmatched: number },
  lookUp: LookUp,
  language: Language,
): LookUpLine {
  const form = toSearchForm(key);
  const isPlain = found.keys.some(({ value }) => value === key || toSearchForm(value) === form);
  const [detected] = detect(key, allDetectors);
  // found by its token only: a value of a searchable type, which is private whatever it looks like
  const isPrivate = !isPlain && (detected !== undefined || journeys.length > 0);
  const [worst] = journeys;
  return {
    shown: isPrivate ? showMasked(key, detected?.rule ?? "other") : key,
    isPrivate,
    record: worst === undefined ? null : toRecord(worst, lookUp, language),
    others: Math.max(0, journeys.length - 1),
    missing: worst !== undefined ? null : found.tooCommon !== null ? "too_common" : unmatched > 0 ? "loose" : "nothing",
  };
}

function toRecord(
  { found: { flow, loaded }, primary, judgement, closing }: JudgedRecord,
  { people }: LookUp,
  language: Language,
): LookUpRecord {
  const { declaration } = loaded.version;
  const names = namesOf(declaration, people, language);
  const { state, verdict, steps } = judgement;
  const last = lastSettled(steps);
  const next = state === "in_progress" ? nextDue(steps) : undefined;
  const from = declaration.steps.find(({ id }) => verdict.hop?.split("..", 1)[0] === id);
  return {
    flowName: titleIn(declaration.title, language, loaded.flow),
    primary,
    path: primary === null ? null : recordPath(flow.types.primary, primary),
    state,
    isClosed: closing !== null,
    reason: verdict.reason,
    field: verdict.field ?? null,
    fromName: from === undefined || from.id === verdict.step ? null : names.step(from.id),
    stepName: verdict.step === null ? null : names.step(verdict.step),
    lastName: last === undefined ? null : names.step(last.id),
    lastAt: last?.at ?? null,
    nextName: next === undefined ? null : names.step(next.id),
    dueAt: verdict.dueAt ?? next?.dueAt ?? null,
    lateByMs: verdict.lateByMs ?? null,
    summary: verdict.summary[language],
  };
}

const lastSettled = (steps: readonly JudgedStep[]): JudgedStep | undefined =>
  steps
    .filter(({ status, at }) => at !== undefined && (status === "settled" || status === "late" || status === "skipped"))
    .reduce<JudgedStep | undefined>(
      (last, step) => ((step.at ?? 0) >= (last?.at ?? -Infinity) ? step : last),
      undefined,
    );

/** What it waits for: the first deadline, else the first step that is still to come. */
const nextDue = (steps: readonly JudgedStep[]): JudgedStep | undefined => {
  const pending = steps.filter(({ status }) => status === "pending");
  const due = pending.filter(({ dueAt }) => dueAt !== undefined);
  return due.length === 0
    ? pending[0]
    : due.reduce((first, step) => ((step.dueAt ?? Infinity) < (first.dueAt ?? Infinity) ? step : first));
};
