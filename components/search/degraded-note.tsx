"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import type { Freshness } from "#lib/source/freshness.ts";
import { timeText } from "#lib/time-text/time-text.ts";

const shownSources = 5;

/** What Hopline does not see now, where the figures it touches stand. Nothing while it sees everything. */
export const DegradedNote = ({ freshness }: { readonly freshness: Freshness }): ReactNode => {
  const t = useTranslations("search.degraded");
  const clock = useClock();
  const { workerUp, silent, newestAt, spooled } = freshness;
  const seen = newestAt === null ? null : timeText(newestAt, clock);
  const names = silent.slice(0, shownSources).join(", ");
  const lines = [
    workerUp === false ? (seen === null ? t("workerNever") : t("worker", { time: seen })) : null,
    spooled === null ? null : t("spooled", { count: spooled }),
    silent.length === 0
      ? null
      : t("silent", { count: silent.length, sources: silent.length > shownSources ? `${names} …` : names }),
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return (
    <ul className="mt-5">
      {lines.map((line) => (
        <li key={line} className="flex items-start gap-2 rounded-2 bg-unknown-soft px-3 py-2 text-13 not-first:mt-2">
          <span className="pt-px">
            <Glyph name="unknown" size={14} />
          </span>
          <span className="wrap-anywhere">{line}</span>
        </li>
      ))}
    </ul>
  );
};
