"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Redrive, WholeLetter } from "#components/dead-letters/letter.ts";
import { RedriveButton } from "#components/dead-letters/redrive-button.tsx";
import { RedrivingNote } from "#components/dead-letters/redriving-note.tsx";
import { useClock } from "#components/message/text-provider.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Time } from "#components/ui/time.tsx";
import { timeText } from "#lib/time-text/time-text.ts";

/** One rejected event: what was wrong, what to do, and the text as it was sent. */
export const LetterView = ({
  letter,
  redrive,
}: {
  readonly letter: WholeLetter;
  readonly redrive: Redrive;
}): ReactNode => {
  const t = useTranslations("deadLetters");
  const clock = useClock();
  const { id, reason, path, source, allowed } = letter;
  const cant = letter.cut
    ? t("cut")
    : letter.redrivenAt === null
      ? null
      : t("redriven", { time: timeText(letter.redrivenAt, clock) });
  const fact = (name: string, value: ReactNode): ReactNode => (
    <div className="contents">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{value}</dd>
    </div>
  );
  return (
    <article aria-labelledby="letter">
      <PageLive of="dead-letters" />
      <p className="text-13">
        <Link className="link" href="/dead-letters">
          {t("back")}
        </Link>
      </p>
      <header className="mt-3 flex flex-wrap items-start gap-x-6 gap-y-3">
        <h1 id="letter" className="min-w-0 flex-1 basis-80 text-24 leading-tight font-bold tracking-[-0.01em]">
          {t(`reason.${reason}`)}
        </h1>
        {!letter.mayRedrive ? null : cant === null ? (
          <RedriveButton
            text={t("redriveOne")}
            count={1}
            hasLimits={false}
            isWorkerUp={letter.isWorkerUp}
            input={{ id }}
            watchAt={(request) => `/dead-letters/${id}?${new URLSearchParams({ request }).toString()}`}
            redrive={redrive}
          />
        ) : (
          <span className="text-13 text-ink-2">{cant}</span>
        )}
      </header>
      {letter.redriving === null ? null : (
        <RedrivingNote redriving={letter.redriving} closeHref={`/dead-letters/${id}`} />
      )}
      <dl className="mt-4 grid max-w-200 grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-13">
        {fact(t("wrong"), t(`about.${reason}`))}
        {path === "" ? null : fact(t("place"), <code>{path}</code>)}
        {fact(t("todo"), t(`advice.${reason}`))}
        {fact(t("source"), source ?? t("noSource"))}
        {fact(t("received"), <Time at={letter.receivedAt} full />)}
        {allowed === null ? null : fact(t("limits"), [...allowed.sources, ...allowed.systems].join(", "))}
        {letter.backfill ? fact("", t("backfill")) : null}
      </dl>
      <section aria-labelledby="raw" className="mt-6">
        <div className="section-head">
          <h2 id="raw">{t("raw")}</h2>
        </div>
        <pre className="my-3 rounded-2 bg-sunken px-4 py-3 text-12 leading-read whitespace-pre-wrap wrap-anywhere">
          {letter.text}
        </pre>
        <CopyButton text={letter.text} />
      </section>
    </article>
  );
};
