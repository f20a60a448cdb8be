import type { ReactNode } from "react";
import { hopLine } from "#components/journey/hop-words.ts";
import { journeyLanes, type LaneRow } from "#components/journey/lanes.ts";
import { LaneCurve, laneGlyph, LaneLine, laneWidth, laneX, laneY } from "#components/journey/lane-line.tsx";
import type { JourneyLayout, PlacedStop } from "#components/journey/layout.ts";
import { StepGlyph } from "#components/journey/step-glyph.tsx";
import { groundOf, StopLines } from "#components/journey/stop-text.tsx";
import type { StopWords } from "#components/journey/stop-words.ts";
import type { Names } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";

const Row = ({
  row,
  lanes,
  words,
  names,
  view,
}: {
  readonly row: LaneRow;
  readonly lanes: number;
  readonly words: StopWords;
  readonly names: Names;
  readonly view: View;
}): ReactNode => {
  const { stop, lane } = row;
  const ground = groundOf(stop);
  const hop = row.arrival === null ? "" : hopLine(row.arrival, view);
  return (
    <li className="relative pt-2 pb-2" style={{ paddingLeft: lanes * laneWidth + 10 }}>
      {row.pieces.map((piece, index) => (
        <LaneLine key={index} piece={piece} own={piece.lane === lane} />
      ))}
      {row.bends.map((bend, index) => (
        <LaneCurve key={index} bend={bend} lane={lane} />
      ))}
      <span className="absolute leading-none" style={{ left: laneX(lane) - laneGlyph / 2, top: laneY - laneGlyph / 2 }}>
        <StepGlyph state={stop.state} size={laneGlyph} />
      </span>
      <div className={ground === null ? "" : `-mx-2 -my-1 rounded-2 border px-2 py-1 ${ground}`}>
        <h3 className="flex flex-wrap items-baseline gap-x-2 text-14 leading-5 font-bold">
          <span className="min-w-0 break-words">{words.name}</span>
          {row.branch === null ? null : (
            <span className="rounded-1 border border-line px-1.5 text-12 leading-4.5 font-regular text-ink-3">
              {view.journey("branch", { step: view.named(names.step(row.branch)).trimEnd() })}
            </span>
          )}
          {words.time === null ? null : <span className="ml-auto text-13 font-regular text-ink-2">{words.time}</span>}
        </h3>
        {words.lines.some((line) => line.strong === true) || stop.state === "completed" ? (
          <p className="sr-only">{view.journey(`state.${stop.state}`)}</p>
        ) : (
          <p className="text-13 text-ink-3">{view.journey(`state.${stop.state}`)}</p>
        )}
        <div className={ground === null ? "text-ink-2" : "text-ink"}>
          <StopLines stop={stop} words={words} />
        </div>
        {hop === "" || stop.state === "waiting" ? null : (
          <p className={`text-12 ${ground === null ? "text-ink-3" : "text-ink-2"}`}>{hop}</p>
        )}
      </div>
    </li>
  );
};

/** The journey on a phone: newest first like the news of a parcel, lanes like a commit graph, every branch named. */
export const JourneyLanes = ({
  layout,
  wordsOf,
  label,
  names,
  view,
}: {
  readonly layout: JourneyLayout;
  readonly wordsOf: (stop: PlacedStop) => StopWords;
  readonly label: string;
  readonly names: Names;
  readonly view: View;
}): ReactNode => {
  const { rows, lanes } = journeyLanes(layout);
  return (
    <ol aria-label={label} className="max-w-160 pt-2">
      {rows.map((row) => (
        <Row key={row.stop.id} row={row} lanes={lanes} words={wordsOf(row.stop)} names={names} view={view} />
      ))}
    </ol>
  );
};
