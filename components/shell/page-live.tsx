"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { useLive } from "#components/shell/use-live.ts";
import type { WatchedTopic } from "#lib/api/watched-topic.ts";
import { timeText } from "#lib/time-text/time-text.ts";

/** Under load every second brings a change: the page is read again this often at most. */
const shortestMs = 5_000;

/** Reads the page again when it would be another, and says so while it can't; what stands stays. `of`: what it shows, else the overview. */
export const PageLive = ({ of: topic }: { readonly of?: WatchedTopic }): ReactNode => {
  const t = useTranslations("search.live");
  const clock = useClock();
  const router = useRouter();
  const url = topic === undefined ? "/api/v1/stream" : `/api/v1/stream?of=${topic}`;
  const liveness = useLive(url, () => router.refresh(), { shortestMs, isGentle: true });
  return (
    <output className="text-13" data-live={liveness} data-as-of={clock.now}>
      {liveness === "on" ? (
        <span className="sr-only">{t("on")}</span>
      ) : (
        <span className={liveness === "stale" ? "font-medium text-unknown" : "text-ink-2"}>
          {t(liveness, { time: timeText(clock.now, clock) })}
        </span>
      )}
    </output>
  );
};
