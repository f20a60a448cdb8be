import type { ReactNode } from "react";
import { hopText, hopWords } from "#components/journey/hop-words.ts";
import type { JourneyLayout, PlacedStop } from "#components/journey/layout.ts";
import { glyphSize, lineY, RailLine } from "#components/journey/rail-line.tsx";
import { StepGlyph } from "#components/journey/step-glyph.tsx";
import { groundOf, StopLines } from "#components/journey/stop-text.tsx";
import type { StopWords } from "#components/journey/stop-words.ts";
import type { View } from "#components/record/view.ts";

const Stop = ({
  stop,
  layout,
  words,
  view,
}: {
  readonly stop: PlacedStop;
  readonly layout: JourneyLayout;
  readonly words: StopWords;
  readonly view: View;
}): ReactNode => {
  const ground = groundOf(stop);
  const forks = layout.links.some((link) => link.from === stop.id && link.rail !== stop.rail);
  const arrivals = layout.links.filter((link) => link.to === stop.id);
  const folded = stop.steps.length > 1;
  return (
    <li
      id={`step-${stop.column}-${stop.rail}`}
      className="relative min-w-0 pr-7 pb-6"
      style={{ gridArea: `${stop.rail + 1} / ${stop.column + 1}`, paddingTop: lineY + glyphSize / 2 + 6 }}
    >
      <span
        className={`absolute left-0 ${folded ? "rounded-full ring-2 ring-line ring-offset-2 ring-offset-ground" : ""}`}
        style={{ top: lineY - glyphSize / 2, height: glyphSize, lineHeight: 0 }}
      >
        <StepGlyph state={stop.state} size={glyphSize} />
      </span>
      <div
        className={`${forks ? "ml-7" : ""} ${ground === null ? "" : `rounded-2 border px-2.5 pt-1.5 pb-2 ${forks ? "" : "-ml-2.5"} ${ground}`}`}
      >
        <h3 className="text-14 leading-tight font-bold break-words">
          {words.name}
          {words.note === "" ? null : <small className="ml-1 text-13 font-regular text-ink-3">{words.note}</small>}
        </h3>
        <p className="sr-only">
          {view.journey(`state.${stop.state}`)}
          {arrivals.map((link) => ` · ${hopText(link, view)}`)}
        </p>
        {words.time === null ? null : <p className="text-13 text-ink-2">{words.time}</p>}
        <div className={ground === null ? "text-ink-2" : "text-ink"}>
          <StopLines stop={stop} words={words} />
        </div>
        {words.point === null ? null : (
          <p className="truncate font-mono text-12 text-ink-3" title={words.point}>
            {words.point}
          </p>
        )}
      </div>
    </li>
  );
};

/** The journey from left to right: branches as rails, the time of each hop on its line. Drawn on the server, fluid without script. */
export const JourneyRail = ({
  layout,
  wordsOf,
  label,
  view,
}: {
  readonly layout: JourneyLayout;
  readonly wordsOf: (stop: PlacedStop) => StopWords;
  readonly label: string;
  readonly view: View;
}): ReactNode => (
  <div
    className="relative grid"
    style={{
      gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
      gridTemplateRows: `repeat(${layout.rails}, auto)`,
    }}
  >
    {layout.links.map((link) => (
      <RailLine key={`${link.from}..${link.to}`} link={link} words={hopWords(link, view)} />
    ))}
    <ol className="contents" aria-label={label}>
      {layout.stops.map((stop) => (
        <Stop key={stop.id} stop={stop} layout={layout} words={wordsOf(stop)} view={view} />
      ))}
    </ol>
  </div>
);
