"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

export const NotSetUp = (): ReactNode => {
  const t = useTranslations("access");
  return (
    <>
      <h1 className="text-20 font-bold">{t("notSetUpTitle")}</h1>
      <p className="mt-3 leading-read text-ink-2">{t("notSetUp")}</p>
    </>
  );
};
