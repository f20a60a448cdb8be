"use client";

import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "#components/ui/icon.tsx";

/** Copies a text; where the browser does not let it, says how to do it by hand. */
export const CopyButton = ({ text }: { readonly text: string }): ReactNode => {
  const t = useTranslations("search.empty");
  const [result, setResult] = useState<"copied" | "failed" | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setResult("copied");
    } catch {
      setResult("failed");
    }
  };
  return (
    <span className="inline-flex items-center gap-3">
      <button type="button" className="btn" onClick={() => void copy()}>
        <Icon name={result === "copied" ? "check" : "copy"} />
        {result === "copied" ? t("copied") : t("copy")}
      </button>
      <output className={result === "failed" ? "text-13 text-ink-2" : "sr-only"}>
        {result === "failed" ? t("copyFailed") : result === "copied" ? t("copied") : ""}
      </output>
    </span>
  );
};
