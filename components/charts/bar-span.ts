/** Room of the axis at the left of the bars. */
export const axisWidthPx = (isSmall: boolean): number => (isSmall ? 26 : 34);

/** Which of so many bars stands at this distance from the left edge of the drawing; the nearest where none does. */
export const barAt = (x: number, bars: number, widthPx: number, isSmall: boolean): number => {
  const axis = axisWidthPx(isSmall);
  const place = Math.floor(((x - axis) / Math.max(1, widthPx - axis)) * bars);
  return Math.min(bars - 1, Math.max(0, place));
};

/** Left edge and width of the span from one bar to another, in either order. */
export const spanBox = (
  [one, other]: readonly [number, number],
  bars: number,
  widthPx: number,
  isSmall: boolean,
): { readonly left: number; readonly width: number } => {
  const axis = axisWidthPx(isSmall);
  const each = (widthPx - axis) / Math.max(1, bars);
  return { left: axis + Math.min(one, other) * each, width: (Math.abs(one - other) + 1) * each };
};

/** The address of a span of bars: that of the first, up to the end of the last. */
export const spanHref = (first: string, last: string): string => {
  const [path = "", query = ""] = first.split("?");
  const to = new URLSearchParams(last.split("?")[1]).get("to");
  const span = new URLSearchParams(query);
  if (to !== null) span.set("to", to);
  return `${path}?${span.toString()}`;
};
