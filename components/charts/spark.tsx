import type { ReactNode } from "react";
import { sparkSize } from "#components/charts/spark-size.ts";
import type { SparkLine } from "#components/charts/spark-line.ts";

/** A small trend with its limit as a dashed line; `children`: the same as a table, for whoever does not see it. */
export const Spark = ({ spark, children }: { readonly spark: SparkLine; readonly children: ReactNode }): ReactNode => {
  const { width, height } = sparkSize;
  return (
    <>
      <div className="sr-only">{children}</div>
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
