"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useLayoutEffect, useRef, useState, type PointerEvent, type ReactNode } from "react";
import { barAt, spanBox, spanHref } from "#components/charts/bar-span.ts";
import type { StackedBarsProps } from "#components/charts/stacked-bars.tsx";

/** The library that draws it is large, and only this page needs it. */
const StackedBars = dynamic(async () => (await import("#components/charts/stacked-bars.tsx")).StackedBars, {
  ssr: false,
});

/** Below, the drawing for phones. */
const smallPx = 620;

/** The drawing at the width there is; a bar that is pressed shows its span, and so does a stretch of them. Its room is kept before it is there. */
export const FailureChart = ({
  series,
  bars,
  markers,
  label,
}: {
  readonly series: StackedBarsProps["series"];
  readonly bars: readonly (StackedBarsProps["bars"][number] & { readonly href: string })[];
  readonly markers: StackedBarsProps["markers"];
  readonly label: string;
}): ReactNode => {
  const router = useRouter();
  const room = useRef<HTMLDivElement>(null);
  const [widthPx, setWidth] = useState(0);
  /** Bars between which the pointer is being drawn. */
  const [span, setSpan] = useState<readonly [from: number, to: number] | null>(null);
  const isSmall = widthPx < smallPx;
  const barUnder = (event: PointerEvent<HTMLDivElement>): number =>
    barAt(event.clientX - event.currentTarget.getBoundingClientRect().left, bars.length, widthPx, isSmall);
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || bars.length === 0) return;
    const bar = barUnder(event);
    setSpan([bar, bar]);
  };
  const draw = (event: PointerEvent<HTMLDivElement>): void => {
    if (span === null) return;
    const bar = barUnder(event);
    if (bar === span[1]) return;
    // from here on the page hears of the pointer wherever it goes, and the bars of no press
    event.currentTarget.setPointerCapture(event.pointerId);
    setSpan([span[0], bar]);
  };
  const finish = (): void => {
    setSpan(null);
    if (span === null || span[0] === span[1]) return;
    const [first, last] = [bars[Math.min(...span)]?.href, bars[Math.max(...span)]?.href];
    if (first !== undefined && last !== undefined) router.push(spanHref(first, last));
  };
  useLayoutEffect(() => {
    const element = room.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return (
    <figure aria-label={label}>
      <div
        ref={room}
        className="relative h-[218px] touch-pan-y overflow-hidden select-none max-wide:h-[200px]"
        aria-hidden="true"
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={finish}
        onPointerCancel={() => setSpan(null)}
      >
        {span === null || span[0] === span[1] ? null : (
          <span
            className="pointer-events-none absolute inset-y-0 border-x border-line-strong bg-hover"
            style={spanBox(span, bars.length, widthPx, isSmall)}
          />
        )}
        {widthPx === 0 ? null : (
          <StackedBars
            series={series}
            bars={bars}
            markers={markers}
            widthPx={widthPx}
            isSmall={isSmall}
            onPress={(bar) => {
              const href = bars[bar]?.href;
              if (href !== undefined) router.push(href);
            }}
          />
        )}
      </div>
    </figure>
  );
};
