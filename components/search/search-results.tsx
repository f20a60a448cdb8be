"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { titleIn } from "#lib/people/title-in.ts";
import { pathOfHit, recordPath, type LooseKey, type SearchAnswer, type SearchHit } from "#lib/search/search-answer.ts";
import { timeText } from "#lib/time-text/time-text.ts";

const HitTable = ({ hits, label }: { readonly hits: readonly SearchHit[]; readonly label: string }): ReactNode => {
  const t = useTranslations("search");
  const { language } = useClock();
  return (
    <table className="list-table mt-2" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t("results.record")}</th>
          <th scope="col">{t("results.key")}</th>
          <th scope="col">{t("results.state")}</th>
          <th scope="col">{t("results.flow")}</th>
          <th scope="col" className="text-right">
            {t("results.started")}
          </th>
        </tr>
      </thead>
      <tbody>
        {hits.map((hit) => (
          <tr key={JSON.stringify([hit.flow, hit.primary])}>
            <td>
              <Link className="row-link font-medium" href={pathOfHit(hit)} prefetch={false}>
                {hit.primary}
              </Link>
            </td>
            <td className="cell-wide text-ink-2">
              {hit.type === hit.primaryType ? hit.type : `${hit.type} ${hit.value}`}
            </td>
            <td className="cell-state">
              <StateBadge state={hit.state} />
            </td>
            <td className="cell-left text-ink-2">{titleIn(hit.flowTitle, language, hit.flow)}</td>
            <td className="cell-right text-right">
              <Time at={hit.startedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const LooseList = ({ loose }: { readonly loose: readonly LooseKey[] }): ReactNode => {
  const t = useTranslations("search");
  return (
    <section className="mt-8" aria-labelledby="loose-keys">
      <div className="section-head">
        <h2 id="loose-keys">{t("none.waiting")}</h2>
      </div>
      <ul>
        {loose.map(({ type, value, tooCommon }) => (
          <li key={`${type} ${value}`} className="border-b border-line py-2">
            <Link className="link" href={recordPath(type, value)} prefetch={false}>
              {value}
            </Link>{" "}
            <span className="text-13 text-ink-3">
              {tooCommon === null ? type : t("results.tooCommon", { type, value, count: tooCommon })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What a search came to; a private text is not repeated. */
export const SearchResults = ({
  answer,
  text,
}: {
  readonly answer: SearchAnswer;
  readonly text: string | null;
}): ReactNode => {
  const t = useTranslations("search");
  const clock = useClock();
  const { hits, loose, nearest } = answer;
  if (hits.length === 0 && loose.length === 0) {
    const seen = answer.seenUpTo === null ? null : timeText(answer.seenUpTo, clock);
    return (
      <section aria-labelledby="search-result">
        <h1 id="search-result" className="text-24 font-bold">
          {text === null ? t("results.privateTitle", { count: 0 }) : t("none.title", { text })}
        </h1>
        <p className="mt-2 text-ink-2">
          {answer.types.length === 0
            ? t("none.noTypes")
            : seen === null
              ? t("none.noData")
              : t("none.inTypes", { types: answer.types.join(", "), time: seen })}
        </p>
        <p className="mt-1 text-ink-2">{answer.isShort ? t("tooShort") : t("none.advice")}</p>
        {nearest.length === 0 ? null : (
          <section className="mt-6" aria-labelledby="search-nearest">
            <div className="section-head">
              <h2 id="search-nearest">{t("none.nearest")}</h2>
            </div>
            <HitTable hits={nearest} label={t("none.nearest")} />
          </section>
        )}
      </section>
    );
  }
  const title =
    text === null
      ? t("results.privateTitle", { count: hits.length })
      : t("results.title", { count: hits.length + loose.length, text });
  return (
    <section aria-labelledby="search-result">
      <h1 id="search-result" className="text-24 font-bold">
        {title}
      </h1>
      {hits.length === 0 ? null : <HitTable hits={hits} label={title} />}
      {answer.isCut ? <p className="mt-3 text-13 text-ink-2">{t("results.more")}</p> : null}
      {loose.length === 0 ? null : <LooseList loose={loose} />}
    </section>
  );
};
