"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Overview } from "#lib/search/overview.ts";

/** Declaration files that could not be taken, with what to write instead. */
export const ProblemList = ({ problems }: { readonly problems: Overview["problems"] }): ReactNode => {
  const t = useTranslations("search.problems");
  if (problems.length === 0) return null;
  return (
    <section aria-labelledby="file-problems" className="mt-8">
      <div className="section-head">
        <h2 id="file-problems">{t("title", { count: problems.length })}</h2>
        <span className="text-13 text-ink-3">{t("body")}</span>
      </div>
      <ul>
        {problems.map(({ file, line, message }) => (
          <li key={`${file} ${line ?? ""} ${message}`} className="border-b border-line py-2 text-13">
            <code className="wrap-anywhere">{line === null ? file : t("place", { file, line })}</code>
            <p className="text-ink-2">{message}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};
