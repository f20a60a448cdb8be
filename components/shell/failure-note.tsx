"use client";

import { useEffect, type ReactNode } from "react";
import { useTranslations } from "use-intl";

/** The store is away for now: any retryable StorageError. */
const awayDigests = ["store_unavailable", "store_full", "store_locked"];
const askAgainMs = 5_000;

/** Our own failure: what could not be done, what still stands, what to do. */
export const FailureNote = ({
  digest,
  retry,
}: {
  readonly digest: string | undefined;
  readonly retry: () => void;
}): ReactNode => {
  const t = useTranslations("shell.failure");
  const isAway = digest !== undefined && awayDigests.includes(digest);
  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(() => {
      if (!document.hidden) globalThis.location.reload();
    }, askAgainMs);
    return () => clearInterval(timer);
  }, [isAway]);
  return (
    <section aria-labelledby="failure" role="alert">
      <h1 id="failure" className="text-24 font-bold">
        {t(isAway ? "storeTitle" : "title")}
      </h1>
      <p className="mt-2 max-w-160 leading-read text-ink-2">{t(isAway ? "storeBody" : "body")}</p>
      {digest === undefined || isAway ? null : <p className="mt-2 text-13 text-ink-3">{t("reference", { digest })}</p>}
      <p className="mt-4">
        <button type="button" className="btn btn-primary" onClick={isAway ? () => globalThis.location.reload() : retry}>
          {t("retry")}
        </button>
      </p>
    </section>
  );
};
