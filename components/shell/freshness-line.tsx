"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { useFreshness } from "#components/shell/use-freshness.ts";
import { Glyph, type GlyphName } from "#components/ui/glyph.tsx";
import type { Freshness } from "#lib/source/freshness.ts";
import { timeText } from "#lib/time-text/time-text.ts";

interface Line {
  readonly glyph: GlyphName;
  readonly time: string | null;
  readonly trouble: string | null;
  readonly title: string;
}

/** "13:02:18 · 1 source silent": how far Hopline sees, and what it does not see. */
export const FreshnessLine = ({ initial }: { readonly initial: Freshness }): ReactNode => {
  const t = useTranslations("shell.freshness");
  const clock = useClock();
  const { freshness, lost } = useFreshness(initial);
  const { newestAt, silent, workerUp, spooled, asOf } = freshness;
  const time = newestAt === null ? null : timeText(newestAt, { ...clock, now: asOf });
  const line = ((): Line => {
    const label = time === null ? t("noData") : t("label", { time });
    if (lost !== null) {
      const title = t(`${lost}LostHint`, { time: timeText(asOf, { ...clock, now: asOf }) });
      return { glyph: "unknown", time, trouble: t(`${lost}Lost`), title };
    }
    if (workerUp === false)
      return { glyph: "unknown", time, trouble: t("workerDown"), title: `${label}. ${t("workerDownHint")}` };
    if (spooled !== null) {
      const title = `${label}. ${t("spooledHint", { count: spooled })}`;
      return { glyph: "unknown", time, trouble: t("spooled", { count: spooled }), title };
    }
    if (silent.length > 0) {
      const title = `${label}. ${t("silentSources", { sources: silent.join(", ") })}`;
      return { glyph: "unknown", time, trouble: t("silent", { count: silent.length }), title };
    }
    if (time === null) return { glyph: "waiting", time, trouble: null, title: label };
    return { glyph: "completed", time, trouble: null, title: label };
  })();
  return (
    <output
      className="flex items-center gap-1.5 text-12 whitespace-nowrap text-ink-2"
      title={line.title}
      aria-label={line.title}
    >
      <Glyph name={line.glyph} size={14} />
      <span className="max-wide:sr-only" aria-hidden="true">
        {line.time ?? t("noData")}
        {line.trouble === null ? null : <span className="text-unknown"> · {line.trouble}</span>}
      </span>
    </output>
  );
};
