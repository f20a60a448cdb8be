const minuteMs = 60_000;

/** Widths in ms of the spans that sketches are kept of, widest first; each is a whole multiple of the next. */
export const sketchWidths = [24 * 60 * minuteMs, 60 * minuteMs, 5 * minuteMs] as const;

/** The others are whole multiples of it. */
export const narrowestWidth = 5 * minuteMs;

/** from ≤ t < to, epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The part of a span that is made of whole multiples of the width, and what stands before and after it. */
export const cutSpan = (
  { from, to }: Span,
  width: number,
): { readonly middle: Span | null; readonly edges: readonly Span[] } => {
  const start = Math.ceil(from / width) * width;
  const end = Math.floor(to / width) * width;
  if (start >= end) return { middle: null, edges: [{ from, to }] };
  const edges = [
    { from, to: start },
    { from: end, to },
  ];
  return { middle: { from: start, to: end }, edges: edges.filter((edge) => edge.from < edge.to) };
};

/** Start of the span of this width that a time lies in. */
export const spanStart = (time: number, width: number): number => Math.floor(time / width) * width;
