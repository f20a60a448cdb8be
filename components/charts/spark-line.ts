import { line, max, scaleLinear } from "d3";
import { sparkSize } from "#components/charts/spark-size.ts";

const inset = 2.5;

/** A small trend, computed on the server and drawn by React. */
export interface SparkLine {
  /** Broken where nothing was measured. */
  readonly path: string;
  /** Height of the limit. */
  readonly limitY: number;
  /** The newest point. */
  readonly last: { readonly x: number; readonly y: number } | null;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** From zero up to the larger of limit and values, so that the distance to the limit is told as it is. */
export const sparkLine = (values: readonly (number | null)[], limit: number): SparkLine => {
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [inset, sparkSize.width - inset]);
  const y = scaleLinear(
    [0, Math.max(limit, max(values, (value) => value ?? 0) ?? 0) * 1.1],
    [sparkSize.height - inset, inset],
  );
  const points = values.map((value, place) => ({ value, x: x(place), y: y(value ?? 0) }));
  const draw = line<(typeof points)[number]>()
    .defined(({ value }) => value !== null)
    .x((point) => point.x)
    .y((point) => point.y)
    .digits(1);
  const last = points.findLast(({ value }) => value !== null);
  return {
    path: draw(points) ?? "",
    limitY: round(y(limit)),
    last: last === undefined ? null : { x: round(last.x), y: round(last.y) },
  };
};
