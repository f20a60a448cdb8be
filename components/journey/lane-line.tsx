import type { ReactNode } from "react";
import { cornerPath } from "#components/journey/layout.ts";
import type { LaneBend, LanePiece } from "#components/journey/lanes.ts";
import { lineStyles } from "#components/journey/line-style.ts";

export const laneWidth = 22;
export const laneGlyph = 20;
export const laneY = 18;
const gap = 2;
const radius = 9;
export const laneX = (lane: number): number => laneGlyph / 2 + lane * laneWidth;

/** `own`: the row's glyph stands in this lane, and lines end at its edge. */
export const LaneLine = ({ piece, own }: { readonly piece: LanePiece; readonly own: boolean }): ReactNode => {
  const edge = own ? laneGlyph / 2 + gap : 0;
  const style = lineStyles[piece.line];
  return (
    <svg
      className="absolute inset-y-0 overflow-visible"
      style={{ left: laneX(piece.lane), height: "100%" }}
      width="2"
      aria-hidden="true"
    >
      {piece.above && piece.below && !own ? (
        <line x1="0" x2="0" y1="0" y2="100%" {...style} />
      ) : (
        <>
          {piece.above ? <line x1="0" x2="0" y1="0" y2={laneY - edge} {...style} /> : null}
          {piece.below ? <line x1="0" x2="0" y1={laneY + edge} y2="100%" {...style} /> : null}
        </>
      )}
    </svg>
  );
};

export const LaneCurve = ({ bend, lane }: { readonly bend: LaneBend; readonly lane: number }): ReactNode => {
  const side = bend.lane > lane ? 1 : -1;
  const across = Math.abs(bend.lane - lane) * laneWidth - laneGlyph / 2 - gap;
  const style = lineStyles[bend.line];
  const down = bend.towards === "below" ? 1 : -1;
  return (
    <svg
      className="absolute inset-y-0 overflow-visible"
      style={{ left: laneX(bend.lane), height: "100%" }}
      width="2"
      aria-hidden="true"
    >
      <g transform={`translate(0 ${laneY})`}>
        <path d={`M${-side * across},0L${-side * radius},0`} fill="none" {...style} />
        <path d={cornerPath(-side * radius, down * radius)} fill="none" {...style} />
      </g>
      {bend.towards === "above" ? (
        <line x1="0" x2="0" y1="0" y2={laneY - radius} {...style} />
      ) : (
        <line x1="0" x2="0" y1={laneY + radius} y2="100%" {...style} />
      )}
    </svg>
  );
};
