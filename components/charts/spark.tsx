import type { ReactNode } from "react";
import { sparkSize } from "#components/charts/spark-size.ts";
import type { SparkLine } from "#components/charts/spark-line.ts";

/** A small trend with its limit as a dashed line; `label` says in a sentence what is drawn. */
export const Spark = ({ spark, label }: { readonly spark: SparkLine; readonly label: string }): ReactNode => {
  const { width, height } = sparkSize;
  return (
    <>
      <span className="sr-only">{label}</span>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
        className="flex-none overflow-visible"
      >
        <path d={`M0 ${spark.limitY}H${width}`} className="fill-none stroke-ink-3" strokeDasharray="2.5 2.5" />
        <path
          d={spark.path}
          className="fill-none stroke-chart-2"
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        {spark.last === null ? null : <circle cx={spark.last.x} cy={spark.last.y} r="2.5" className="fill-chart-1" />}
      </svg>
    </>
  );
};
