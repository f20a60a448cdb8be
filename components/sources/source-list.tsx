"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import type { SourceLine } from "#components/sources/source-line.ts";
import { Glyph, type GlyphName } from "#components/ui/glyph.tsx";
import { Time } from "#components/ui/time.tsx";
import { durationText } from "#lib/time-text/duration-text.ts";
import { timeText } from "#lib/time-text/time-text.ts";
import { PageLive } from "#components/shell/page-live.tsx";

const glyphs = {
  silent: "unknown",
  never: "waiting",
  alive: "completed",
  undeclared: "completed",
} as const satisfies Readonly<Record<SourceLine["state"], GlyphName>>;
const colours = { silent: "text-unknown", never: "text-ink-3", alive: "text-ok", undeclared: "text-ink-2" } as const;

const rateText = (perMinute: number): string =>
  perMinute >= 10 ? Math.round(perMinute).toLocaleString("en") : String(Math.round(perMinute * 10) / 10);

const Row = ({ line, mayReadLetters }: { readonly line: SourceLine; readonly mayReadLetters: boolean }): ReactNode => {
  const t = useTranslations("sources");
  const clock = useClock();
  const { source, state, newestAt, silentAfterMs } = line;
  const said = ((): string => {
    switch (state) {
      case "silent":
        return t("state.silent", { time: newestAt === null ? "–" : timeText(newestAt, clock) });
      case "alive":
      case "never":
      case "undeclared":
        return t(`state.${state}`);
    }
  })();
  const figure = (name: "accepted" | "duplicates" | "unmatched", value: number): ReactNode => (
    <td className="cell-left text-right max-wide:text-left">
      <span className="wide:hidden">{t(name)} </span>
      {value.toLocaleString("en")}
    </td>
  );
  return (
    <tr>
      <td>
        <span className="font-medium">{source}</span>
        <span className={`flex items-center gap-1.5 text-13 ${colours[state]}`}>
          <Glyph name={glyphs[state]} size={13} />
          {said}
        </span>
        {line.steps.map(({ flowName, stepNames }) => (
          <span key={flowName} className="block text-12 text-ink-3">
            {flowName}: {stepNames.join(clock.language === "zh" ? "、" : ", ")}
          </span>
        ))}
      </td>
      <td className="cell-wide">
        <span className="text-ink-3 wide:hidden">{t("lastSeen")} </span>
        {line.lastSeenAt === null ? "–" : <Time at={line.lastSeenAt} />}
      </td>
      <td className="cell-wide">
        <span className="text-ink-3 wide:hidden">{t("watermark")} </span>
        {line.watermark === null ? "–" : <Time at={line.watermark} />}
        {line.delayMs === 0 ? null : (
          <span className="block text-12 text-ink-3">
            {t("delay", { duration: durationText(line.delayMs, clock.language) })}
          </span>
        )}
      </td>
      <td className="cell-wide">
        <span className="text-ink-3 wide:hidden">{t("silentAfter")} </span>
        {silentAfterMs === null ? (
          <span className="text-ink-3">{t("notDeclared")}</span>
        ) : (
          durationText(silentAfterMs, clock.language)
        )}
      </td>
      <td className="cell-left text-right max-wide:text-left">
        <span className="wide:hidden">{t("rate")} </span>
        {line.ratePerMinute === null ? "–" : t("perMinute", { rate: rateText(line.ratePerMinute) })}
      </td>
      {figure("accepted", line.accepted)}
      {figure("duplicates", line.duplicates)}
      {figure("unmatched", line.unmatched)}
      <td className="cell-left text-right max-wide:text-left">
        <span className="wide:hidden">{t("rejected")} </span>
        {line.rejected > 0 && mayReadLetters ? (
          <Link
            className="link"
            href={`/dead-letters?${new URLSearchParams({ source, all: "true" }).toString()}`}
            prefetch={false}
          >
            {line.rejected.toLocaleString("en")}
          </Link>
        ) : (
          line.rejected.toLocaleString("en")
        )}
      </td>
    </tr>
  );
};

/** Who reports to Hopline, and how far each is believed to have been seen. Silent ones first. */
export const SourceList = ({
  lines,
  file,
  mayReadLetters,
}: {
  readonly lines: readonly SourceLine[];
  /** Where sources are declared; null for those who do not declare them. */
  readonly file: string | null;
  readonly mayReadLetters: boolean;
}): ReactNode => {
  const t = useTranslations("sources");
  const silent = lines.filter(({ state }) => state === "silent" || state === "never").length;
  const right = "text-right";
  return (
    <>
      <PageLive />
      <SettingsHead
        title={
          lines.length === 0
            ? t("title")
            : t(silent === 0 ? "titleAll" : "titleSilent", { count: lines.length, silent })
        }
        intro={t("intro")}
      />
      {lines.length === 0 ? (
        <p className="mt-6 text-ink-2">{t("none")}</p>
      ) : (
        <table className="list-table mt-4">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("source")}</th>
              <th scope="col">{t("lastSeen")}</th>
              <th scope="col">{t("watermark")}</th>
              <th scope="col">{t("silentAfter")}</th>
              <th scope="col" className={right}>
                {t("rate")}
              </th>
              <th scope="col" className={right}>
                {t("accepted")}
              </th>
              <th scope="col" className={right}>
                {t("duplicates")}
              </th>
              <th scope="col" className={right}>
                {t("unmatched")}
              </th>
              <th scope="col" className={right}>
                {t("rejected")}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.source} line={line} mayReadLetters={mayReadLetters} />
            ))}
          </tbody>
        </table>
      )}
      <dl className="mt-5 grid max-w-200 gap-1 text-13 text-ink-3">
        {(["watermark", "silentAfter", "unmatched"] as const).map((word) => (
          <div key={word}>
            <dt className="inline font-medium text-ink-2">{t(word)}</dt>{" "}
            <dd className="inline">– {t(`explain.${word}`)}</dd>
          </div>
        ))}
      </dl>
      {file === null ? null : (
        <p className="mt-3 max-w-200 text-13 text-ink-2 wrap-anywhere">
          {t("declare")} <code>{file}</code>: <code>{"oms: { silentAfter: 10m }"}</code>
        </p>
      )}
    </>
  );
};
