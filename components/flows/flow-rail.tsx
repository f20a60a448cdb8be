import type { ReactNode } from "react";
import type { FlowPathLayout, PlacedFlowStop, PlacedHop } from "#components/flows/flow-path.ts";
import type { FlowView } from "#components/flows/flow-view.ts";
import { StopTrouble } from "#components/flows/stop-trouble.tsx";
import type { HopWords } from "#components/journey/hop-words.ts";
import { glyphSize, lineY, RailLine } from "#components/journey/rail-line.tsx";
import { StepGlyph } from "#components/journey/step-glyph.tsx";
import type { StopState } from "#components/journey/line-kind.ts";

/** How a step stands: by the worst that is there now. */
const flowStopState = (
  { failed, overdue, unknown }: Pick<PlacedFlowStop, "failed" | "overdue" | "unknown">,
  isMeasured: boolean,
): StopState => {
  if (failed > 0) return "failed";
  if (overdue > 0) return "overdue";
  if (unknown > 0) return "unknown";
  return isMeasured ? "completed" : "waiting";
};

const wordsOf = ({ count, p50Ms, p95Ms, allowedMs }: PlacedHop, { t, duration }: FlowView): HopWords => {
  const limit = allowedMs === null ? null : `/ ${duration(allowedMs)}`;
  if (count === 0)
    return {
      main: null,
      limit: allowedMs === null ? null : t("allowed", { allowed: duration(allowedMs) }),
      isTime: false,
    };
  return { main: `${duration(p50Ms)} / ${duration(p95Ms)}`, limit, isTime: true };
};

/** A flow's path from left to right, drawn as a journey is: on the lines what the hops take, at the steps who is in trouble. */
export const FlowRail = ({
  flow,
  layout,
  label,
  view,
}: {
  readonly flow: string;
  readonly layout: FlowPathLayout;
  readonly label: string;
  readonly view: FlowView;
}): ReactNode => {
  const { t } = view;
  const isMeasured = ({ id }: PlacedFlowStop): boolean =>
    layout.hops.some(({ from, to, count }) => count > 0 && (from === id || to === id));
  return (
    <div
      className="relative grid"
      style={{
        gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${layout.rails}, auto)`,
      }}
    >
      {layout.hops.map((hop) => (
        <RailLine key={`${hop.from}..${hop.to}`} link={hop.link} words={wordsOf(hop, view)} />
      ))}
      <ol className="contents" aria-label={label}>
        {layout.stops.map((stop) => (
          <li
            key={stop.id}
            className="relative min-w-0 pr-7 pb-6"
            style={{ gridArea: `${stop.rail + 1} / ${stop.column + 1}`, paddingTop: lineY + glyphSize / 2 + 6 }}
          >
            <span className="absolute left-0" style={{ top: lineY - glyphSize / 2, height: glyphSize, lineHeight: 0 }}>
              <StepGlyph state={flowStopState(stop, isMeasured(stop))} size={glyphSize} />
            </span>
            <div
              className={layout.hops.some(({ link }) => link.from === stop.id && link.rail !== stop.rail) ? "ml-7" : ""}
            >
              <h3 className="text-14 leading-tight font-bold break-words">{stop.name}</h3>
              {stop.place === "" ? null : <p className="truncate text-12 text-ink-3">{stop.place}</p>}
              {stop.optional || stop.ends ? (
                <p className="text-12 text-ink-3">{t(stop.ends ? "ends" : "optional")}</p>
              ) : null}
              <StopTrouble flow={flow} stop={stop} view={view} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
};
