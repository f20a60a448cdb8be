import type { CaseContext, CompanyCase, Naming } from "#ingest/demo/company-case.ts";
import { incidentsAt, isWithin, minute, type Incidents } from "#ingest/demo/incidents.ts";
import { createOnboardingCase } from "#ingest/demo/onboarding-case.ts";
import { createOrderCase } from "#ingest/demo/order-case.ts";
import { createPurchaseCase } from "#ingest/demo/purchase-case.ts";
import { createRandom, type Random } from "#ingest/demo/random.ts";

export interface SimulationOptions {
  readonly seed: number;
  /** The company is looked at from here: epoch ms. */
  readonly asOf: number;
  /** Journeys of the history, about. */
  readonly records: number;
  /** Between the starts of two cases after the history; absent: the simulation ends with the history. */
  readonly liveEveryMs?: number;
  readonly naming?: Naming;
}

/** The outage takes ten records at least; a smaller history has none. */
const burst = 24;
const smallestWithOutage = 400;
/** The youngest record of a history: every short deadline of what it holds has then passed, every long one is far. */
const youngestOrderMs = 45 * minute;
const youngestPurchaseMs = 95 * minute;

const ownNames: Naming = { idPrefix: "", keyPrefix: "" };

/**
 * A company with its troubles, case by case, in the order of their starts: the same options always give the same. Truths hold at
 * `asOf` and for twenty minutes more, for the cases of the history.
 */
export function* simulateCompany(options: SimulationOptions): Generator<CompanyCase, void, undefined> {
  const { seed, asOf, records, liveEveryMs, naming = ownNames } = options;
  const incidents = incidentsAt(asOf);
  const lastStart = asOf - youngestOrderMs;
  const pastEveryMs = (lastStart - incidents.historyFrom) / records;
  let number = 0;
  let journeys = 0;
  const contextAt = (startAt: number, random: Random): CaseContext => ({
    number: number++,
    startAt: Math.round(startAt),
    asOf,
    incidents,
    naming,
    random,
  });
  const next = (startAt: number): CompanyCase => {
    const random = createRandom(seed, number);
    const kind = kindOf(random, startAt, incidents, asOf);
    const context = contextAt(startAt, random);
    const made =
      kind === "order"
        ? createOrderCase(context, 10_000 + journeys)
        : kind === "purchase"
          ? createPurchaseCase(context, 40_000 + journeys)
          : createOnboardingCase(context, 2_000 + journeys);
    journeys += made.truths.length;
    return made;
  };

  if (records >= smallestWithOutage) yield* outageCases(contextAt, seed, incidents, () => journeys++);
  while (journeys < records) yield next(incidents.historyFrom + pastEveryMs * journeys);
  if (liveEveryMs === undefined) return;
  for (let startAt = lastStart; ;) {
    yield next(startAt);
    startAt = startAt < asOf ? Math.min(asOf, startAt + pastEveryMs) : startAt + liveEveryMs;
  }
}

function* outageCases(
  contextAt: (startAt: number, random: Random) => CaseContext,
  seed: number,
  { erpOutage: { from, to } }: Incidents,
  countOne: () => number,
): Generator<CompanyCase, void, undefined> {
  for (let index = 0; index < burst; index += 1) {
    const context = contextAt(from + ((to - from) * index) / burst, createRandom(seed, index));
    yield createPurchaseCase(context, 40_000 + countOne());
  }
}

/** Nine in ten are orders. Purchases keep away from the outage, whose share they would change. */
function kindOf(
  random: Random,
  startAt: number,
  { erpOutage }: Incidents,
  asOf: number,
): "order" | "purchase" | "onboarding" {
  const draw = random.fraction();
  if (draw >= 0.14) return "order";
  if (draw < 0.02) return "onboarding";
  const isNearOutage = isWithin(startAt, { from: erpOutage.from - 30 * minute, to: erpOutage.to + 30 * minute });
  const isTooYoung = startAt > asOf - youngestPurchaseMs && startAt <= asOf - youngestOrderMs;
  return isNearOutage || isTooYoung ? "order" : "purchase";
}
