"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { SampleState } from "#lib/sample/sample-state.ts";

const everyMs = 1_500;

/** Loads the sample company of an empty start, says while it is there that its records are not one's own, and removes it. */
export const SampleNote = ({
  sample,
  mayChange,
  load,
  remove,
}: {
  readonly sample: SampleState;
  readonly mayChange: boolean;
  readonly load: () => Promise<SampleState>;
  readonly remove: () => Promise<SampleState>;
}): ReactNode => {
  const t = useTranslations("first.sample");
  const router = useRouter();
  const [asked, setAsked] = useState<"loading" | "removing" | null>(null);
  const { state } = sample;
  const isThere = state === "loaded" || (state === "failed" && sample.isThere);
  const isMoving = state === "loading" || state === "removing";
  const readAgain = useEffectEvent(() => router.refresh());
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => readAgain(), everyMs);
    return () => clearInterval(timer);
  }, [isMoving]);
  const ask = async (what: "loading" | "removing", act: () => Promise<SampleState>): Promise<void> => {
    setAsked(what);
    try {
      await act();
    } finally {
      setAsked(null);
      router.refresh();
    }
  };
  if (state === "absent" && !mayChange) return null;
  const busy = asked ?? (isMoving ? state : null);
  return (
    <section
      aria-label={t("title")}
      className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-2 bg-sunken px-4 py-2.5"
    >
      <div className="min-w-60 flex-1">
        {isThere ? (
          <p>{t("loaded")}</p>
        ) : (
          <>
            <p className="font-medium">{t("title")}</p>
            <p className="text-13 text-ink-2">{t("body")}</p>
          </>
        )}
        {state === "failed" ? (
          <p role="alert" className="mt-1 text-13 text-failed wrap-anywhere">
            {t("failed", { problem: sample.problem })}
          </p>
        ) : null}
      </div>
      {mayChange ? (
        <p aria-live="polite">
          {isThere ? (
            <button type="button" className="btn" disabled={busy !== null} onClick={() => void ask("removing", remove)}>
              {busy === null ? t("remove") : t(busy)}
            </button>
          ) : (
            <button type="button" className="btn" disabled={busy !== null} onClick={() => void ask("loading", load)}>
              {busy === null ? t("load") : t(busy)}
            </button>
          )}
        </p>
      ) : null}
    </section>
  );
};
