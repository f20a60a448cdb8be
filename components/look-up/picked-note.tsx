"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { PickedKeys } from "#lib/key/pick-keys.ts";

const shownWords = 12;

/** What was picked out of the text, and what was not: nobody takes a word left out for a number looked up. */
export const PickedNote = ({ picked }: { readonly picked: PickedKeys }): ReactNode => {
  const t = useTranslations("lookUp");
  const { keys, repeated, leftOut, beyond } = picked;
  const words = leftOut.slice(0, shownWords).join(" · ");
  return (
    <>
      <output className="text-13 text-ink-2">
        {t("picked", { count: keys.length + beyond })}
        {repeated === 0 ? null : ` · ${t("repeated", { count: repeated })}`}
      </output>
      {beyond === 0 ? null : (
        <p className="w-full text-13 font-medium text-overdue">{t("beyond", { count: beyond })}</p>
      )}
      {leftOut.length === 0 ? null : (
        <p className="w-full text-13 wrap-anywhere text-ink-3">
          {t("leftOut", {
            words:
              leftOut.length > shownWords ? t("leftOutMore", { words, count: leftOut.length - shownWords }) : words,
          })}
        </p>
      )}
    </>
  );
};
