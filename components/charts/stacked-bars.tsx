"use client";

import type { ReactNode } from "react";
import { axisWidthPx } from "#components/charts/bar-span.ts";
import { Bar, BarChart, CartesianGrid, ReferenceDot, ReferenceLine, XAxis, YAxis } from "recharts";

/** How a series is drawn: the one in focus in the colour of its state, others in greys, what can't be told hatched. */
export type BarTone = "failed" | "overdue" | "neutral-1" | "neutral-2" | "neutral-3" | "unknown";

export interface StackedBarsProps {
  readonly series: readonly { readonly name: string; readonly tone: BarTone }[];
  readonly bars: readonly {
    readonly label: string;
    /** One count a series. */
    readonly counts: readonly number[];
  }[];
  /** Vertical lines at the beginning of a bar, two at most. */
  readonly markers: readonly { readonly bar: number; readonly text: string; readonly tone: "change" | "silence" }[];
  readonly widthPx: number;
  /** Drawn for a phone: fewer words, thinner edges. */
  readonly isSmall: boolean;
  readonly onPress: (bar: number) => void;
}

const hatch = "hatch-unknown";

const fills: Readonly<Record<BarTone, string>> = {
  failed: "var(--failed)",
  overdue: "var(--overdue)",
  "neutral-1": "var(--chart-1)",
  "neutral-2": "var(--chart-2)",
  "neutral-3": "var(--chart-3)",
  unknown: `url(#${hatch})`,
};

/** Every so many bars a label, so that they never touch. */
const labelEvery = (bars: number, widthPx: number, label: string): number =>
  Math.max(1, Math.ceil((bars * (label.length * 7 + 14)) / Math.max(1, widthPx - 40)));

/** Stacked bars over time. Data and size are given; what it says in words and as a table stands around it. */
export const StackedBars = ({ series, bars, markers, widthPx, isSmall, onPress }: StackedBarsProps): ReactNode => {
  const rows = bars.map(({ label, counts }, index) => ({
    index,
    label,
    total: counts.reduce((sum, count) => sum + count, 0),
    ...Object.fromEntries(counts.map((count, place) => [`s${place}`, count])),
  }));
  const longest = bars.reduce((most, { label }) => (label.length > most.length ? label : most), "");
  const every = labelEvery(bars.length, widthPx, longest);
  const hasTotals = bars.length * (isSmall ? 20 : 22) < widthPx;
  return (
    <BarChart
      data={rows}
      width={widthPx}
      height={isSmall ? 200 : 218}
      margin={{ top: 14 + 14 * Math.max(1, markers.length), right: 0, bottom: 0, left: 0 }}
      barCategoryGap={isSmall ? "22%" : "30%"}
      accessibilityLayer={false}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--unknown-soft)" />
          <path d="M0 0V6" stroke="var(--unknown)" strokeWidth="2.6" />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
      <XAxis
        dataKey="index"
        interval={0}
        tickLine={false}
        axisLine={{ stroke: "var(--line-strong)" }}
        height={22}
        tick={{ fill: "var(--ink-3)", fontSize: 12 }}
        tickFormatter={(index: number) => (index % every === 0 ? (bars[index]?.label ?? "") : "")}
      />
      <YAxis
        width={axisWidthPx(isSmall)}
        allowDecimals={false}
        tickLine={false}
        axisLine={false}
        tickCount={4}
        tick={{ fill: "var(--ink-3)", fontSize: 12 }}
      />
      {series.map(({ name, tone }, place) => (
        <Bar
          key={name}
          dataKey={`s${place}`}
          name={name}
          stackId="all"
          fill={fills[tone]}
          stroke="var(--bg)"
          strokeWidth={1}
          isAnimationActive={false}
          className="cursor-pointer"
          onClick={(_data, index) => onPress(index)}
        />
      ))}
      {rows
        .filter(({ total }) => hasTotals && total > 0)
        .map(({ index, total }) => (
          <ReferenceDot
            key={index}
            x={index}
            y={total}
            r={0}
            label={{ value: String(total), position: "top", fill: "var(--ink-2)", fontSize: 12 }}
          />
        ))}
      {markers.map(({ bar, text, tone }, place) => (
        <ReferenceLine
          key={tone + text}
          x={bar}
          position="start"
          stroke={tone === "change" ? "var(--ink)" : "var(--unknown)"}
          strokeDasharray="2 3"
          label={{
            value: text,
            position: bar * 2 > bars.length ? "insideTopRight" : "insideTopLeft",
            fill: tone === "change" ? "var(--ink)" : "var(--unknown)",
            fontSize: 12,
            // one above the other, so that two that are near can both be read
            dy: -22 - 14 * (markers.length - 1 - place),
          }}
        />
      ))}
    </BarChart>
  );
};
