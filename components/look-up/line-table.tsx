"use client";

import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LineRow } from "#components/look-up/line-row.tsx";
import { LineActions } from "#components/look-up/line-actions.tsx";
import type { LookUp } from "#components/look-up/use-look-up.ts";
import { useClock } from "#components/message/text-provider.tsx";
import { Glyph, glyphOf } from "#components/ui/glyph.tsx";
import type { JourneyState } from "#lib/journey/judgement.ts";
import type { LookUpLine } from "#lib/search/look-up-line.ts";
import { timeText } from "#lib/time-text/time-text.ts";

const perPage = 50;
const worstFirst: readonly JourneyState[] = [
  "failed",
  "overdue",
  "unknown",
  "completed_late",
  "in_progress",
  "completed",
];
type Kind = JourneyState | "missing";

const kindOf = ({ record }: LookUpLine): Kind => record?.state ?? "missing";

/** The lines in the order pasted, narrowed by state, with their export. */
export const LineTable = ({ lookUp }: { readonly lookUp: LookUp }): ReactNode => {
  const t = useTranslations("lookUp");
  const states = useTranslations("state");
  const clock = useClock();
  const [kind, setKind] = useState<Kind | null>(null);
  const [pages, setPages] = useState(1);
  const { keys, lines, asOf, isBusy, hasFailed, goOn } = lookUp;
  const counts = Map.groupBy(lines, kindOf);
  const listed = kind === null ? lines : (counts.get(kind) ?? []);
  const shown = listed.slice(0, pages * perPage);
  const progress = { done: lines.length, all: keys.length };
  const chip = (each: Kind | null, content: ReactNode): ReactNode => (
    <button
      key={each ?? "all"}
      type="button"
      className="chip"
      aria-pressed={kind === each}
      aria-current={kind === each}
      onClick={() => {
        setKind(each);
        setPages(1);
      }}
    >
      {content}
    </button>
  );
  return (
    <section className="mt-6" aria-label={t("title")}>
      <div className="flex flex-wrap items-center gap-2">
        <fieldset className="flex flex-wrap gap-2" aria-label={t("filter")}>
          {chip(null, `${t("all")} ${lines.length}`)}
          {worstFirst
            .filter((state) => counts.has(state))
            .map((state) =>
              chip(
                state,
                <>
                  <Glyph name={glyphOf(state)} size={13} />
                  {states(state)} {counts.get(state)?.length ?? 0}
                </>,
              ),
            )}
          {counts.has("missing") ? chip("missing", `${t("missing")} ${counts.get("missing")?.length ?? 0}`) : null}
        </fieldset>
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {isBusy || hasFailed || lines.length === 0 ? null : <LineActions keys={keys} lines={lines} />}
        </span>
      </div>
      <output className="mt-2 block min-h-5 text-13 text-ink-3">
        {isBusy
          ? t("working", progress)
          : asOf === null
            ? ""
            : t("asOf", { time: timeText(asOf, { ...clock, now: asOf }) })}
      </output>
      {hasFailed ? (
        <p role="alert" className="mt-1 flex flex-wrap items-center gap-3 text-13 text-failed">
          {t("failed", progress)}
          <button type="button" className="btn" onClick={goOn}>
            {t("retry")}
          </button>
        </p>
      ) : null}
      {lines.length === 0 ? null : (
        <table className="list-table mt-1" aria-label={t("title")}>
          <thead>
            <tr>
              <th scope="col">{t("number")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">{t("where")}</th>
              <th scope="col">{t("flow")}</th>
              <th scope="col" className="text-right">
                {t("due")}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line, place) => (
              // the same number never stands twice, but two masked ones may look alike
              <LineRow key={`${place} ${line.shown}`} line={line} />
            ))}
          </tbody>
        </table>
      )}
      {listed.length > shown.length ? (
        <button type="button" className="btn mt-3" onClick={() => setPages(pages + 1)}>
          {t("next", { count: Math.min(perPage, listed.length - shown.length) })}
        </button>
      ) : null}
    </section>
  );
};
