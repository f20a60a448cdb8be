"use client";

import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { ConnectAnswer } from "#components/first/declare-answer.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { SecretText } from "#components/ui/secret-text.tsx";

/** A command with a fresh token, and whether events have come: told as they come. */
export const ConnectStep = ({
  mayConnect,
  received,
  newestSource,
  connect,
}: {
  readonly mayConnect: boolean;
  readonly received: number;
  readonly newestSource: string | null;
  readonly connect: () => Promise<ConnectAnswer>;
}): ReactNode => {
  const t = useTranslations("first.connect");
  const [command, setCommand] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const make = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      setCommand((await connect()).command);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  return (
    <>
      {mayConnect ? (
        <>
          <p className="mt-2 text-ink-2">{t("body")}</p>
          <p className="mt-3 flex flex-wrap items-center gap-3">
            <button
              type="button"
              className={command === null && received === 0 ? "btn btn-primary" : "btn"}
              disabled={isBusy}
              onClick={() => void make()}
            >
              {isBusy ? t("making") : command === null ? t("make") : t("again")}
            </button>
            {hasFailed ? (
              <span role="alert" className="text-13 text-failed">
                {t("failed")}
              </span>
            ) : null}
          </p>
          {command === null ? null : (
            <div aria-live="polite">
              <SecretText label={t("command")} text={command} />
              <p className="mt-2 text-13 text-ink-3">{t("once")}</p>
            </div>
          )}
        </>
      ) : (
        <p className="mt-2 text-ink-2">{t("ask")}</p>
      )}
      <output className="mt-4 flex items-center gap-2 font-medium">
        <Glyph name={received === 0 ? "waiting" : "completed"} />
        {received === 0 ? t("waiting") : t("got", { count: received, source: newestSource ?? "" })}
      </output>
    </>
  );
};
