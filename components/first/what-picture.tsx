"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const stops = [
  { system: "system1", at: "10:02:05" },
  { system: "system2", at: "10:02:11" },
  { system: "system3", at: null },
] as const;

/** One drawing a width, so that its words are as large on a phone as beside it. */
const Drawing = ({ width, className }: { readonly width: number; readonly className: string }): ReactNode => {
  const t = useTranslations("first.what");
  const xOf = (place: number): number => (width * (place * 2 + 1)) / 6;
  const [first, second, third] = [xOf(0), xOf(1), xOf(2)];
  const cut = (second + third) / 2;
  return (
    <svg
      width={width}
      height="132"
      viewBox={`0 0 ${width} 132`}
      className={`mt-4 max-w-full text-13 ${className}`}
      aria-hidden="true"
    >
      <path d={`M${first + 14} 24H${second - 14}`} className="stroke-ok" strokeWidth="2" />
      <path d={`M${second + 14} 24H${third - 16}`} className="stroke-overdue" strokeWidth="2" strokeDasharray="6 5" />
      <path d={`M${cut - 4} 16l-5 16M${cut + 5} 16l-5 16`} className="stroke-overdue" strokeWidth="1.5" />
      {stops.map(({ system, at }, place) => {
        const x = xOf(place);
        return (
          <g key={system} textAnchor="middle">
            {at === null ? (
              <>
                <path d={`M${x} 11l13 13-13 13-13-13z`} className="fill-overdue" />
                <path d={`M${x} 18v8M${x} 30v.5`} className="stroke-on-state" strokeWidth="2" strokeLinecap="round" />
              </>
            ) : (
              <>
                <circle cx={x} cy="24" r="12" className="fill-ok" />
                <path
                  d={`M${x - 5} 24.500l3.500 3.500 6.500-7`}
                  className="fill-none stroke-on-state"
                  strokeWidth="2"
                  strokeLinecap="round"
                />
              </>
            )}
            <text x={x} y="62" className="fill-ink font-bold">
              {t(system)}
            </text>
            <text x={x} y="84" className={at === null ? "fill-overdue" : "fill-ink-2"}>
              {at === null ? t("missing") : "SO-1042"}
            </text>
            <text x={x} y="104" className={at === null ? "fill-overdue" : "fill-ink-3"}>
              {at ?? t("due")}
            </text>
          </g>
        );
      })}
    </svg>
  );
};

/** A record at three stops, the last one missing: what an event, a journey and a flow are, in one drawing. */
export const WhatPicture = (): ReactNode => {
  const t = useTranslations("first.what");
  return (
    <>
      <p className="sr-only">{t("picture")}</p>
      <Drawing width={640} className="max-wide:hidden" />
      <Drawing width={340} className="wide:hidden" />
    </>
  );
};
