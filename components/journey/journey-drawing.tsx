import type { ReactNode } from "react";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { JourneyLanes } from "#components/journey/journey-lanes.tsx";
import { JourneyRail } from "#components/journey/journey-rail.tsx";
import { journeyLayout, type PlacedStop } from "#components/journey/layout.ts";
import { stopWords, type FieldBreak, type StopWords } from "#components/journey/stop-words.ts";
import type { Names } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";

/** More columns or rails than a screen holds: the list is read instead, at every width. */
const maxColumns = 8;
const maxRails = 6;

/** From which width on each number of columns has room for its words; paper has none. */
const wideFrom = (columns: number): { readonly rail: string; readonly lanes: string } =>
  columns <= 5
    ? { rail: "hidden wide:block print:hidden", lanes: "wide:hidden print:block" }
    : { rail: "hidden min-[1180px]:block print:hidden", lanes: "min-[1180px]:hidden print:block" };

/** "Where it is": the journey hop by hop, wide or narrow. */
export const JourneyDrawing = ({
  journey,
  record,
  names,
  view,
  unfolded,
  unfoldHref,
  foldHref,
  fieldBreak,
}: {
  readonly journey: JourneyAnswer;
  readonly record: string;
  readonly names: Names;
  readonly view: View;
  readonly unfolded: boolean;
  readonly unfoldHref: string;
  readonly foldHref: string;
  readonly fieldBreak: FieldBreak | null;
}): ReactNode => {
  const t = view.journey;
  const layout = journeyLayout(journey, { asOf: view.clock.now, unfolded });
  if (layout.stops.length === 0) return null;
  const wordsOf = (stop: PlacedStop): StopWords => stopWords(stop, layout, journey, names, view, fieldBreak);
  const count = layout.stops.reduce((sum, stop) => sum + stop.steps.length, 0);
  const label = t("label", { record, count });
  const asRail = layout.columns <= maxColumns && layout.rails <= maxRails;
  const shown = wideFrom(layout.columns);
  return (
    <section className="mt-8" aria-labelledby="journey-title" id="journey">
      <div className="section-head">
        <h2 id="journey-title">{t("title")}</h2>
        <span className="hidden text-13 text-ink-3 wide:inline">{t(layout.asSeen ? "legendSeen" : "legend")}</span>
        <ul className="ml-auto hidden flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2 wide:flex">
          {(["completed", "overdue", "failed", "unknown", "waiting"] as const).map((name) => (
            <li key={name} className="flex items-center gap-1.5">
              <Glyph name={name} size={13} />
              {t(`state.${name}`)}
            </li>
          ))}
        </ul>
      </div>
      {asRail ? (
        <div className={`pt-2 ${shown.rail}`}>
          <JourneyRail layout={layout} wordsOf={wordsOf} label={label} view={view} />
        </div>
      ) : null}
      <div className={asRail ? shown.lanes : ""}>
        <JourneyLanes layout={layout} wordsOf={wordsOf} label={label} names={names} view={view} />
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-1 text-13 text-ink-3">
        {layout.foldedCount > 0 ? (
          <a className="link no-print py-1" href={unfoldHref}>
            {t("unfold", { count })}
          </a>
        ) : null}
        {unfolded ? (
          <a className="link no-print py-1" href={foldHref}>
            {t("fold")}
          </a>
        ) : null}
        {layout.leftOut.length > 0 ? (
          <p className="py-1">
            {t("leftOut", {
              count: layout.leftOut.length,
              steps: layout.leftOut.map((id) => names.step(id)).join(view.clock.language === "zh" ? "、" : ", "),
            })}
          </p>
        ) : null}
      </div>
    </section>
  );
};
