"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import type { StackedBarsProps } from "#components/charts/stacked-bars.tsx";

/** The library that draws it is large, and only this page needs it. */
const StackedBars = dynamic(async () => (await import("#components/charts/stacked-bars.tsx")).StackedBars, {
  ssr: false,
});

/** Below, the drawing for phones. */
const smallPx = 620;

/** The drawing at the width there is; a bar that is pressed shows its span. Its room is kept before it is there. */
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
      <div ref={room} className="h-[218px] overflow-hidden max-wide:h-[200px]" aria-hidden="true">
        {widthPx === 0 ? null : (
          <StackedBars
            series={series}
            bars={bars}
            markers={markers}
            widthPx={widthPx}
            isSmall={widthPx < smallPx}
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
