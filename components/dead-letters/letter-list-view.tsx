"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LetterFilterBar } from "#components/dead-letters/letter-filters.tsx";
import type { LetterFilters, LetterLine, LetterList, Redrive } from "#components/dead-letters/letter.ts";
import { lettersHref } from "#components/dead-letters/letters-href.ts";
import { RedriveButton } from "#components/dead-letters/redrive-button.tsx";
import { RedrivingNote } from "#components/dead-letters/redriving-note.tsx";
import { useClock } from "#components/message/text-provider.tsx";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import { Time } from "#components/ui/time.tsx";
import { timeText } from "#lib/time-text/time-text.ts";

const Row = ({ line }: { readonly line: LetterLine }): ReactNode => {
  const t = useTranslations("deadLetters");
  const clock = useClock();
  return (
    <tr>
      <td>
        <Link className="row-link font-medium" href={`/dead-letters/${line.id}`} prefetch={false}>
          {t(`reason.${line.reason}`)}
        </Link>{" "}
        {line.path === "" ? null : <code className="text-ink-3">{line.path}</code>}
        {line.redrivenAt === null ? null : (
          <span className="block text-12 text-ok">{t("redriven", { time: timeText(line.redrivenAt, clock) })}</span>
        )}
      </td>
      <td className="cell-wide wide:whitespace-nowrap">
        {line.source ?? <span className="text-ink-3">{t("noSource")}</span>}
      </td>
      <td className="cell-wide text-ink-3">
        <code className="line-clamp-2 wrap-anywhere">{line.start}</code>
      </td>
      <td className="cell-left text-right max-wide:text-left">
        <Time at={line.receivedAt} />
      </td>
    </tr>
  );
};

/** Rejected events by the filters of the address, and the way to send them through the door again. */
export const LetterListView = ({
  list,
  given,
  hasBadCursor = false,
  redrive,
}: {
  readonly list: LetterList;
  readonly given: LetterFilters;
  readonly hasBadCursor?: boolean;
  readonly redrive: Redrive;
}): ReactNode => {
  const t = useTranslations("deadLetters");
  const open = list.counts.reduce((sum, { count }) => sum + count, 0);
  const { reason, source } = given;
  return (
    <>
      <PageLive of="dead-letters" />
      <SettingsHead title={open === 0 ? t("title") : t("open", { count: open })} intro={t("intro")}>
        {list.mayRedrive && list.matching > 0 ? (
          <RedriveButton
            text={t("redriveAll", { count: list.matching })}
            count={list.matching}
            hasLimits={reason === undefined}
            isWorkerUp={list.isWorkerUp}
            input={{ ...(reason !== undefined && { reason }), ...(source !== undefined && { source }) }}
            watchAt={(request) => lettersHref(given, { request })}
            redrive={redrive}
          />
        ) : null}
      </SettingsHead>
      {list.redriving === null ? null : <RedrivingNote redriving={list.redriving} closeHref={lettersHref(given, {})} />}
      {open === 0 && given.all === undefined && reason === undefined && source === undefined ? (
        <p className="mt-6 text-ink-2">
          {t("allTaken")}{" "}
          <Link className="link" href={lettersHref(given, { all: "true" })}>
            {t("showAll")}
          </Link>
        </p>
      ) : (
        <LetterFilterBar given={given} counts={list.counts} />
      )}
      {hasBadCursor ? <output className="mt-3 block text-13 text-ink-2">{t("badCursor")}</output> : null}
      {list.lines.length === 0 ? (
        open === 0 && given.all === undefined ? null : (
          <p className="mt-6 text-ink-2">{t("none")}</p>
        )
      ) : (
        <table className="list-table mt-3">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("reasonHead")}</th>
              <th scope="col">{t("source")}</th>
              <th scope="col">{t("text")}</th>
              <th scope="col" className="text-right" aria-sort="descending">
                {t("received")} ↓
              </th>
            </tr>
          </thead>
          <tbody>
            {list.lines.map((line) => (
              <Row key={line.id} line={line} />
            ))}
          </tbody>
        </table>
      )}
      <p className="mt-4 flex gap-2">
        {given.cursor === undefined ? null : (
          <Link className="btn" href={lettersHref(given, {})}>
            {t("first")}
          </Link>
        )}
        {list.next === null ? null : (
          <Link className="btn" href={lettersHref(given, { cursor: list.next })} prefetch={false}>
            {t("next", { count: 50 })}
          </Link>
        )}
      </p>
    </>
  );
};
