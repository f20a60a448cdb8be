"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

export const NotFoundNote = (): ReactNode => {
  const t = useTranslations("shell.notFound");
  return (
    <section aria-labelledby="not-found">
      <h1 id="not-found" className="text-24 font-bold">
        {t("title")}
      </h1>
      <p className="mt-2 max-w-160 leading-read text-ink-2">{t("body")}</p>
      <p className="mt-4">
        <Link className="btn" href="/">
          {t("back")}
        </Link>
      </p>
    </section>
  );
};
