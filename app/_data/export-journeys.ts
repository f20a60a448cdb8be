import "server-only";
import type { JourneyFilter, ListedJourney } from "#lib/api/journeys-schema.ts";
import { toCsvHead, toCsvLine } from "#lib/csv/to-csv.ts";
import { allDetectors, detect } from "#lib/privacy/detect.ts";
import { showMasked } from "#lib/privacy/show-masked.ts";
import { exportJourneys as exportPages } from "#lib/read/export-journeys.ts";
import { journeyNames, type JourneyNames } from "#lib/read/journey-names.ts";
import { knownFlows } from "#lib/read/known-flows.ts";
import { exportLimit } from "#lib/search/journey-list.ts";
import { fullTimeText } from "#lib/time-text/time-text.ts";
import { listViewOf, type ListView } from "#components/journeys/list-view.ts";
import { currentConsole } from "#app/_data/console.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

const columns = [
  "record",
  "state",
  "flow",
  "step",
  "system",
  "reason",
  "class",
  "field",
  "point",
  "since",
  "due",
  "late",
  "started",
  "last",
  "events",
] as const;

/** The list as a CSV file, written as it is read: names in the caller's language, times in their zone. Audited before the first line. */
export async function* exportJourneys(viewer: Viewer, query: JourneyFilter): AsyncGenerator<string, undefined> {
  const { stores, context } = readScope(viewer, "records.read");
  const { control, now } = currentConsole();
  await control.audit.append([
    { at: now(), by: viewer.by, action: "journeys.exported", object: "journeys", result: "done", detail: told(query) },
  ]);
  const names = journeyNames(await knownFlows(stores.definitions), viewer.role, viewer.language);
  const { language, timeZone } = viewer;
  const view = listViewOf({ now: context.now, timeZone, language });
  yield toCsvHead(columns.map((column) => view.t(`csvHead.${column}`, { zone: view.zone })));
  for await (const { items, isCut } of exportPages(stores, query, context, exportLimit)) {
    yield items.map((item) => toCsvLine(cellsOf(item, names, view))).join("");
    if (isCut) yield toCsvLine([view.t("csvEnd", { limit: exportLimit })]);
  }
  return undefined;
}

/** As people name it; times as a spreadsheet reads them. */
function cellsOf(item: ListedJourney, names: JourneyNames, { reasons, states, clock }: ListView) {
  const time = (at: string | undefined): string =>
    at === undefined ? "" : fullTimeText(Date.parse(at), clock.timeZone).slice(0, "2026-11-23 10:02:11".length);
  const { flow, step, system, reason, lateByMs } = item;
  return [
    item.primary,
    states(item.state),
    names.flow(flow),
    step === null ? "" : names.step(flow, step),
    system === null ? "" : names.system(system),
    reason === null ? "" : reasons(reason),
    item.class,
    item.field,
    item.point,
    // of a journey without trouble it says no more than its start
    reason === null ? "" : time(item.since),
    time(item.dueAt),
    lateByMs === undefined ? "" : Math.floor(lateByMs / 60_000),
    time(item.startedAt),
    time(item.lastEventAt),
    item.eventsTotal,
  ];
}

/** The question for the audit; what may be a person's phone number is not written out. */
function told({ q, ...filters }: JourneyFilter): Readonly<Record<string, unknown>> {
  if (q === undefined) return filters;
  return { ...filters, q: detect(q, allDetectors).length > 0 ? showMasked(q, "other") : q };
}
