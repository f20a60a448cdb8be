"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** Our own failure: what could not be done, what still stands, what to do. */
export const FailureNote = ({
  digest,
  retry,
}: {
  readonly digest: string | undefined;
  readonly retry: () => void;
}): ReactNode => {
  const t = useTranslations("shell.failure");
  return (
    <section aria-labelledby="failure" role="alert">
      <h1 id="failure" className="text-24 font-bold">
        {t("title")}
      </h1>
      <p className="mt-2 max-w-160 leading-read text-ink-2">{t("body")}</p>
      {digest === undefined ? null : <p className="mt-2 text-13 text-ink-3">{t("reference", { digest })}</p>}
      <p className="mt-4">
        <button type="button" className="btn btn-primary" onClick={retry}>
          {t("retry")}
        </button>
      </p>
    </section>
  );
};
