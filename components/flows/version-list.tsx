import Link from "next/link";
import type { ReactNode } from "react";
import { shortVersion, type FlowView } from "#components/flows/flow-view.ts";
import { VersionDiff } from "#components/flows/version-diff.tsx";
import type { FlowFigures } from "#lib/flow/flow-figures.ts";

/** The versions, newest first; the chosen one with what it changed. */
export const VersionList = ({
  figures,
  href,
  view,
}: {
  readonly figures: FlowFigures;
  readonly href: (change: Readonly<Record<string, string | null>>) => string;
  readonly view: FlowView;
}): ReactNode => {
  const { t, time } = view;
  const { versions, shown } = figures;
  return (
    <section aria-labelledby="versions" className="mt-8">
      <div className="section-head">
        <h2 id="versions">{t("versions")}</h2>
        <span className="text-13 text-ink-3">{t("versionsSub")}</span>
      </div>
      <div className="grid grid-cols-[minmax(0,320px)_minmax(0,1fr)] gap-x-10 max-wide:block">
        <ul className="max-h-120 overflow-y-auto">
          {versions.map(({ version, from, savedAt, isNewest }) => {
            const isShown = version === shown.version;
            return (
              <li key={`${version} ${savedAt}`} className="border-b border-line">
                <Link
                  className={`block px-2 py-2 text-13 hover:bg-hover ${isShown ? "bg-sunken" : ""}`}
                  href={href({ version: isNewest ? null : shortVersion(version) })}
                  aria-current={isShown ? "true" : undefined}
                  prefetch={false}
                  scroll={false}
                >
                  <code className={isShown ? "font-bold" : ""}>{shortVersion(version)}</code>
                  {isNewest ? <span className="ml-2 text-ink-3">{t("newest")}</span> : null}
                  <span className="block text-12 text-ink-3">
                    {t("saved")} {time(savedAt)}
                  </span>
                  <span className="block text-12 text-ink-3">
                    {t("from")}: {from === null ? t("always") : time(from)}
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
        <div className="min-w-0 max-wide:mt-4">
          <h3 className="mt-3 text-13 font-medium">{t("changes")}</h3>
          <VersionDiff changes={shown.changes} view={view} />
        </div>
      </div>
    </section>
  );
};
