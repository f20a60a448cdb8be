"use client";

import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { linesAsText } from "#components/look-up/line-texts.ts";
import { askLookUp } from "#components/look-up/use-look-up.ts";
import { useClock } from "#components/message/text-provider.tsx";
import { CopyButton } from "#components/record/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { LookUpLine } from "#lib/search/look-up-line.ts";

const save = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // the browser has taken the file over by the next turn
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

/** The lines as a file and as text for a chat. The file is made anew by the console, which notes the export. */
export const LineActions = ({
  keys,
  lines,
}: {
  readonly keys: readonly string[];
  readonly lines: readonly LookUpLine[];
}): ReactNode => {
  const lookUp = useTranslations("lookUp");
  const reason = useTranslations("reason");
  const state = useTranslations("state");
  const texts = useTranslations("search.empty");
  const clock = useClock();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      const response = await askLookUp(keys, "csv");
      save(await response.blob(), `${lookUp("fileName")}.csv`);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  return (
    <>
      {hasFailed ? (
        <span role="alert" className="text-13 text-failed">
          {lookUp("csvFailed")}
        </span>
      ) : null}
      <CopyButton
        text={linesAsText(lines, { lookUp, reason, state, clock })}
        label={lookUp("copy")}
        copiedLabel={texts("copied")}
        failedLabel={texts("copyFailed")}
      />
      <button type="button" className="btn" aria-busy={isBusy} disabled={isBusy} onClick={() => void download()}>
        <Icon name="file" />
        {lookUp("csv")}
      </button>
    </>
  );
};
