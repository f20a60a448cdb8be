"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import type { DataSettings, MaskingActions } from "#components/settings/data-settings.ts";
import { MaskingSection } from "#components/settings/masking-section.tsx";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import { Time } from "#components/ui/time.tsx";

const sizeText = (bytes: number): string => {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? "B"}`;
};

/** Masking, retention, and who sees which flow. */
export const DataPage = ({
  settings,
  actions,
}: {
  readonly settings: DataSettings;
  readonly actions: MaskingActions;
}): ReactNode => {
  const t = useTranslations("dataSettings");
  const shell = useTranslations("shell");
  const { language } = useClock();
  const { retention, flows, hidden } = settings;
  const fact = (name: string, value: ReactNode): ReactNode => (
    <div className="contents">
      <dt className="text-ink-3">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <>
      <PageLive of="installation" />
      <SettingsHead title={t("title")} intro={t("intro")} />
      <MaskingSection settings={settings} actions={actions} />
      <section aria-labelledby="retention" className="mt-8">
        <div className="section-head">
          <h2 id="retention">{t("retention")}</h2>
        </div>
        <dl className="mt-3 grid max-w-160 grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-13">
          {fact(t("keptFor"), t("days", { count: retention.days }))}
          {fact(t("oldest"), retention.oldestAt === null ? t("nothing") : <Time at={retention.oldestAt} />)}
          {fact(t("used"), sizeText(retention.usedBytes))}
          {fact(t("limit"), retention.limitBytes === null ? t("noLimit") : sizeText(retention.limitBytes))}
        </dl>
        <p className="mt-2 text-13 text-ink-3">{t("change")}</p>
      </section>
      <section aria-labelledby="visibility" className="mt-8">
        <div className="section-head">
          <h2 id="visibility">{t("visibility")}</h2>
          <span className="text-13 text-ink-3">{t("visibilitySub")}</span>
        </div>
        {flows.length === 0 ? null : (
          <table className="list-table">
            <caption className="sr-only">{t("visibility")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("flow")}</th>
                <th scope="col">{t("seenBy")}</th>
                <th scope="col">{t("changedIn")}</th>
              </tr>
            </thead>
            <tbody>
              {flows.map(({ flow, name, visibleTo, file }) => (
                <tr key={flow}>
                  <td className="font-medium">{name}</td>
                  <td className="cell-wide">
                    {visibleTo === null
                      ? t("everyone")
                      : visibleTo.map((role) => shell(`role.${role}`)).join(language === "zh" ? "、" : ", ")}
                  </td>
                  <td className="cell-wide wrap-anywhere">{file === null ? t("console") : <code>{file}</code>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {hidden === 0 ? null : <p className="mt-2 text-13 text-ink-2">{t("hidden", { count: hidden })}</p>}
        <p className="mt-3 text-13 text-ink-2">
          {t("howTo")} <code>visibleTo: [support, manager]</code>
        </p>
      </section>
    </>
  );
};
