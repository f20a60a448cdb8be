"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { watchStream } from "#components/record/watch-stream.ts";
import { timeText } from "#lib/time-text/time-text.ts";

/** Under load every second brings a change: the page is read again this often at most. */
const shortestMs = 5_000;
/** Ages and the trend's hours move on without any change. */
const renewMs = 60_000;

/** Reads the page again when it would be another, and says so while it can't; what stands stays. */
export const PageLive = (): ReactNode => {
  const t = useTranslations("search.live");
  const clock = useClock();
  const router = useRouter();
  const [isStale, setStale] = useState(false);
  const readAgain = useEffectEvent(() => router.refresh());
  useEffect(() => {
    let lastAt = -Infinity;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      waiting = undefined;
      if (document.hidden) return;
      lastAt = performance.now();
      readAgain();
    };
    const ask = (): void => {
      waiting ??= setTimeout(refresh, Math.max(0, lastAt + shortestMs - performance.now()));
    };
    const look = (): void => {
      if (!document.hidden) ask();
    };
    const stop = watchStream("/api/v1/stream", { onChange: ask, onStale: setStale });
    const timer = setInterval(look, renewMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      clearInterval(timer);
      clearTimeout(waiting);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return (
    <output className="text-13" data-live={isStale ? "stale" : "on"} data-as-of={clock.now}>
      {isStale ? (
        <span className="font-medium text-unknown">{t("stale", { time: timeText(clock.now, clock) })}</span>
      ) : (
        <span className="sr-only">{t("on")}</span>
      )}
    </output>
  );
};
