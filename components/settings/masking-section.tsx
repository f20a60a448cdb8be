"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import type { DataSettings, MaskingActions } from "#components/settings/data-settings.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import type { MaskCount } from "#lib/privacy/mask-count.ts";
import { maskRules } from "#lib/privacy/masking-policy.ts";
import { timeText } from "#lib/time-text/time-text.ts";

const Row = ({
  mask,
  canExcept,
  except,
}: {
  readonly mask: MaskCount;
  readonly canExcept: boolean;
  readonly except: MaskingActions["exceptField"];
}): ReactNode => {
  const t = useTranslations("dataSettings");
  const { field } = mask;
  const words = mask.rule.split("+").map((rule) => {
    const known = maskRules.find((each) => each === rule);
    return known === undefined ? rule : t(`rules.${known}`);
  });
  return (
    <tr>
      <td>
        <code>{field}</code>
      </td>
      <td className="cell-state">{words.join(" + ")}</td>
      <td className="cell-left">{t(mask.byName ? "byName" : "byContent")}</td>
      <td className="cell-right text-right">{mask.count.toLocaleString("en")}</td>
      <td className="cell-wide text-right max-wide:text-left">
        {canExcept ? (
          <ConfirmButton
            text={t("except")}
            label={`${t("except")}: ${field}`}
            title={t("exceptTitle", { field })}
            body={t("exceptBody")}
            confirm={t("except")}
            act={async () => ((await except({ field })).result === "gone" ? t("gone") : null)}
          />
        ) : null}
      </td>
    </tr>
  );
};

/** What was masked by which rule, and the way to stop masking a field from now on. */
export const MaskingSection = ({
  settings,
  actions,
}: {
  readonly settings: DataSettings;
  readonly actions: MaskingActions;
}): ReactNode => {
  const t = useTranslations("dataSettings");
  const clock = useClock();
  const { masks, exceptions, mayChange } = settings;
  const counts = (masks?.counts ?? []).toSorted((a, b) => b.count - a.count);
  return (
    <section aria-labelledby="masking" className="mt-7">
      <div className="section-head">
        <h2 id="masking">{t("masking")}</h2>
        {masks === null ? null : (
          <span className="text-13 text-ink-3">{t("maskingSub", { time: timeText(masks.since, clock) })}</span>
        )}
      </div>
      {counts.length === 0 ? (
        <p className="py-3 text-ink-2">{t(masks === null ? "noWorker" : "noneMasked")}</p>
      ) : (
        <table className="list-table">
          <caption className="sr-only">{t("masking")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("field")}</th>
              <th scope="col">{t("rule")}</th>
              <th scope="col">{t("how")}</th>
              <th scope="col" className="text-right" aria-sort="descending">
                {t("count")} ↓
              </th>
              <th scope="col">
                <span className="sr-only">{t("except")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map((mask) => (
              <Row
                key={`${mask.rule} ${mask.field} ${mask.byName}`}
                mask={mask}
                canExcept={mayChange && mask.byName}
                except={actions.exceptField}
              />
            ))}
          </tbody>
        </table>
      )}
      {masks === null || masks.others === 0 ? null : (
        <p className="mt-2 text-13 text-ink-3">{t("others", { count: masks.others })}</p>
      )}
      <p className="mt-2 text-13 text-ink-3 wrap-anywhere">{t("content", { file: settings.privacyFile })}</p>
      {exceptions.length === 0 ? null : (
        <>
          <h3 className="mt-4 text-13 font-medium">{t("exceptions")}</h3>
          <ul>
            {exceptions.map(({ field, by, at }) => (
              <li key={field} className="flex flex-wrap items-center gap-x-4 border-b border-line py-2 text-13">
                <code className="font-medium">{field}</code>
                <span className="text-ink-3">{t("exceptedBy", { name: by, time: timeText(at, clock) })}</span>
                {mayChange ? (
                  <span className="ml-auto">
                    <ConfirmButton
                      text={t("again")}
                      label={`${t("again")}: ${field}`}
                      title={t("againTitle", { field })}
                      body={t("againBody")}
                      confirm={t("again")}
                      act={async () => ((await actions.maskFieldAgain({ field })).result === "gone" ? t("gone") : null)}
                    />
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
