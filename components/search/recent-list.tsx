"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Glyph, glyphOf } from "#components/ui/glyph.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { JourneyState } from "#lib/journey/judgement.ts";
import { recordPath } from "#lib/search/search-answer.ts";

/** What this person looked at and searched for last. */
export const RecentList = ({
  records,
  searches,
}: {
  readonly records: readonly { readonly type: string; readonly value: string; readonly state: JourneyState | null }[];
  readonly searches: readonly string[];
}): ReactNode => {
  const t = useTranslations("search");
  const states = useTranslations("state");
  const many = (
    <Link
      href="/look-up"
      prefetch={false}
      className="ml-auto inline-flex items-center text-ink-2 underline decoration-1 underline-offset-3 max-wide:min-h-11"
    >
      {t("many")}
    </Link>
  );
  if (records.length + searches.length === 0)
    return (
      <p className="mt-2.5 flex flex-wrap items-center gap-x-4 text-13 text-ink-3">
        {t("hint")}
        {many}
      </p>
    );
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-13 text-ink-3">
      <h2 className="font-regular">{t("recent")}</h2>
      <ul className="contents">
        {records.map(({ type, value, state }) => (
          <li key={`${type} ${value}`} className="min-w-0">
            <Link
              href={recordPath(type, value)}
              prefetch={false}
              className="inline-flex max-w-full items-center gap-1.5 text-ink-2 max-wide:min-h-11"
              title={state === null ? undefined : states(state)}
            >
              <Glyph name={state === null ? "waiting" : glyphOf(state)} size={13} />
              {state === null ? null : <span className="sr-only">{states(state)}</span>}
              <span className="truncate underline decoration-1 underline-offset-3">{value}</span>
            </Link>
          </li>
        ))}
        {searches.map((text) => (
          <li key={text} className="min-w-0">
            <Link
              href={`/search?q=${encodeURIComponent(text)}`}
              prefetch={false}
              className="inline-flex max-w-full items-center gap-1.5 text-ink-2 max-wide:min-h-11"
            >
              <Icon name="search" size={13} />
              <span className="sr-only">{t("again")}</span>
              <span className="truncate underline decoration-1 underline-offset-3">{text}</span>
            </Link>
          </li>
        ))}
      </ul>
      {many}
    </div>
  );
};
