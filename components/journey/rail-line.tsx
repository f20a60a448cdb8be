import type { ReactNode } from "react";
import { cornerPath, cutPath, type PlacedLink } from "#components/journey/layout.ts";
import { lineStyles, lineTone } from "#components/journey/line-style.ts";
import type { HopWords } from "#components/journey/hop-words.ts";

/** Where things are within a cell of the grid: the glyph's middle, and the room around it. */
export const glyphSize = 24;
const glyphX = glyphSize / 2;
export const lineY = 46;
const gap = 5;
const radius = 12;
const smallRadius = 8;
const joinX = 14;
const joinStep = 8;

const area = (rowFrom: number, columnFrom: number, rowTo: number, columnTo: number): string =>
  `${rowFrom + 1} / ${columnFrom + 1} / ${rowTo + 1} / ${columnTo + 1}`;

/** A stroke drawn on the page's ground first, so that lines that cross are told apart. */
const Stroke = ({ link, d }: { readonly link: PlacedLink; readonly d: string }): ReactNode => (
  <path d={d} fill="none" {...lineStyles[link.line]} />
);

const Along = ({ link }: { readonly link: PlacedLink }): ReactNode => {
  const forks = link.fromRail !== link.rail;
  const joins = link.toRail !== link.rail;
  const start = forks ? glyphX + radius : glyphSize + gap;
  const end = joins ? joinX + link.joinSlot * joinStep + radius : gap;
  const up = link.toRail < link.rail ? -1 : 1;
  return (
    <svg
      className="absolute overflow-visible"
      style={{
        gridArea: area(link.rail, link.fromColumn, link.rail + 1, link.toColumn),
        left: start,
        right: end,
        top: lineY,
        width: `calc(100% - ${start + end}px)`,
      }}
      height="2"
      aria-hidden="true"
    >
      <line x1="0" x2="100%" y1="0" y2="0" {...lineStyles[link.line]} />
      {forks ? (
        <svg x={-radius} className="overflow-visible">
          <Stroke link={link} d={cornerPath(radius, -radius)} />
        </svg>
      ) : null}
      {joins ? (
        <svg x="100%" className="overflow-visible">
          <g transform={`translate(${radius} 0)`}>
            <Stroke link={link} d={cornerPath(-radius, up * radius)} />
          </g>
        </svg>
      ) : null}
      {link.line === "cut" ? (
        <svg x="50%" className="overflow-visible">
          <rect x="-9" y="-7" width="18" height="14" className="fill-ground" />
          <path d={cutPath(16)} fill="none" className="stroke-overdue" strokeWidth="2.5" />
        </svg>
      ) : null}
    </svg>
  );
};

/** Down from under the stop to the rail it runs along. */
const Fork = ({ link }: { readonly link: PlacedLink }): ReactNode => (
  <svg
    className="absolute overflow-visible"
    style={{
      gridArea: area(link.fromRail, link.fromColumn, link.rail, link.fromColumn + 1),
      left: glyphX,
      top: lineY + glyphSize / 2 + gap,
      bottom: radius - lineY,
      height: `calc(100% - ${glyphSize / 2 + gap + radius}px)`,
    }}
    width="2"
    aria-hidden="true"
  >
    <line x1="0" x2="0" y1="0" y2="100%" {...lineStyles[link.line]} />
  </svg>
);

/** In the gap before the column it leads to, up or down, and into the stop. */
const Join = ({ link }: { readonly link: PlacedLink }): ReactNode => {
  const [top, bottom] = [Math.min(link.rail, link.toRail), Math.max(link.rail, link.toRail)];
  const upwards = link.toRail < link.rail;
  const x = -joinX - link.joinSlot * joinStep;
  const [above, below] = upwards ? [smallRadius, radius] : [radius, smallRadius];
  return (
    <svg
      className="absolute overflow-visible"
      style={{
        gridArea: area(top, link.toColumn, bottom, link.toColumn + 1),
        left: x,
        top: lineY + above,
        bottom: below - lineY,
        height: `calc(100% - ${above + below}px)`,
      }}
      width="2"
      aria-hidden="true"
    >
      <line x1="0" x2="0" y1="0" y2="100%" {...lineStyles[link.line]} />
      <svg y={upwards ? 0 : "100%"} className="overflow-visible">
        <g transform={`translate(0 ${upwards ? -smallRadius : smallRadius})`}>
          <Stroke link={link} d={`${cornerPath(smallRadius, upwards ? smallRadius : -smallRadius)}L${-x - gap},0`} />
        </g>
      </svg>
    </svg>
  );
};

/** One link of the wide drawing with the time on it. The words are for eyes; ears hear them at the stop. */
export const RailLine = ({ link, words }: { readonly link: PlacedLink; readonly words: HopWords }): ReactNode => (
  <>
    {link.rail === link.fromRail ? null : <Fork link={link} />}
    <Along link={link} />
    {link.rail === link.toRail ? null : <Join link={link} />}
    <p
      className="absolute flex flex-wrap content-end justify-center gap-x-1 text-center text-12 leading-4 text-ink-3"
      style={{
        gridArea: area(link.rail, link.fromColumn, link.rail + 1, link.toColumn),
        left: link.rail === link.fromRail ? glyphSize + gap : glyphX + radius,
        right: link.rail === link.toRail ? gap : joinX + link.joinSlot * joinStep + radius,
        height: lineY - 9,
      }}
      aria-hidden="true"
    >
      {words.main === null ? null : (
        <b className={`whitespace-nowrap ${words.isTime && link.line !== "late" ? "text-ink" : lineTone[link.line]}`}>
          {words.main}
        </b>
      )}
      {words.limit === null ? null : (
        <span className="whitespace-nowrap">
          {words.main === null || words.isTime ? words.limit : `· ${words.limit}`}
        </span>
      )}
    </p>
  </>
);
