"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { LetterCount, LetterFilters } from "#components/dead-letters/letter.ts";
import { lettersHref } from "#components/dead-letters/letters-href.ts";

const sumOf = (counts: readonly LetterCount[]): number => counts.reduce((sum, { count }) => sum + count, 0);

/** The reasons and sources there are, each with its open letters; the address holds what is chosen. */
export const LetterFilterBar = ({
  given,
  counts,
}: {
  readonly given: LetterFilters;
  readonly counts: readonly LetterCount[];
}): ReactNode => {
  const t = useTranslations("deadLetters");
  const ofReason = counts.filter(({ reason }) => given.reason === undefined || reason === given.reason);
  const ofSource = counts.filter(({ source }) => given.source === undefined || source === given.source);
  const reasons = [...new Set([...ofSource.map(({ reason }) => reason), ...(given.reason ? [given.reason] : [])])];
  const sources = [
    ...new Set([
      ...ofReason.flatMap(({ source }) => (source === null ? [] : [source])),
      ...(given.source === undefined ? [] : [given.source]),
    ]),
  ];
  const chip = (isOn: boolean, text: string, count: number | null, href: string): ReactNode => (
    <Link
      key={href + text}
      className="chip"
      aria-current={isOn ? "true" : undefined}
      href={href}
      prefetch={false}
      scroll={false}
    >
      <span className="max-w-60 truncate">{text}</span>
      {count === null ? null : <span className="text-ink-3">{count.toLocaleString("en")}</span>}
    </Link>
  );
  const row =
    "mt-2 flex flex-wrap gap-2 max-wide:-mx-gutter max-wide:flex-nowrap max-wide:overflow-x-auto max-wide:px-gutter max-wide:py-1";
  return (
    <nav aria-label={t("filters")} className="mt-4">
      <div className={row}>
        {chip(given.reason === undefined, t("anyReason"), null, lettersHref(given, { reason: null }))}
        {reasons.map((reason) =>
          chip(
            given.reason === reason,
            t(`reason.${reason}`),
            sumOf(ofSource.filter((each) => each.reason === reason)),
            lettersHref(given, { reason: given.reason === reason ? null : reason }),
          ),
        )}
      </div>
      <div className={row}>
        {chip(given.source === undefined, t("anySource"), null, lettersHref(given, { source: null }))}
        {sources.map((source) =>
          chip(
            given.source === source,
            source,
            sumOf(ofReason.filter((each) => each.source === source)),
            lettersHref(given, { source: given.source === source ? null : source }),
          ),
        )}
        {chip(
          given.all === "true",
          t("showAll"),
          null,
          lettersHref(given, { all: given.all === "true" ? null : "true" }),
        )}
      </div>
    </nav>
  );
};
