"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const stops = [
  { x: 90, system: "system1", at: "10:02:05" },
  { x: 320, system: "system2", at: "10:02:11" },
  { x: 550, system: "system3", at: null },
] as const;

/** A record at three stops, the last one missing: what an event, a journey and a flow are, in one drawing. */
export const WhatPicture = (): ReactNode => {
  const t = useTranslations("first.what");
  return (
    <>
      <p className="sr-only">{t("picture")}</p>
      <svg viewBox="0 0 640 116" className="mt-4 w-full max-w-160 text-13" aria-hidden="true">
        <path d="M104 34H306" className="stroke-ok" strokeWidth="2" />
        <path d="M334 34H534" className="stroke-overdue" strokeWidth="2" strokeDasharray="6 5" />
        <path d="M428 26l-5 16M437 26l-5 16" className="stroke-overdue" strokeWidth="1.5" />
        {stops.map(({ x, system, at }) => (
          <g key={system} textAnchor="middle">
            {at === null ? (
              <path d={`M${x} 21l13 13-13 13-13-13z`} className="fill-overdue" />
            ) : (
              <circle cx={x} cy="34" r="12" className="fill-ok" />
            )}
            {at === null ? (
              <path d={`M${x} 28v8M${x} 40v.5`} className="stroke-on-state" strokeWidth="2" strokeLinecap="round" />
            ) : (
              <path
                d={`M${x - 5} 34.500l3.500 3.500 6.500-7`}
                className="fill-none stroke-on-state"
                strokeWidth="2"
                strokeLinecap="round"
              />
            )}
            <text x={x} y="72" className="fill-ink font-bold">
              {t(system)}
            </text>
            <text x={x} y="91" className={at === null ? "fill-overdue" : "fill-ink-2"}>
              {at === null ? t("due") : `SO-1042 · ${at}`}
            </text>
            {at === null ? (
              <text x={x} y="109" className="fill-overdue">
                {t("missing")}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
    </>
  );
};
