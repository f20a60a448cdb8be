"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { FirstStep } from "#lib/search/first-step.ts";

/** The one next step, with its command. */
export const FirstStepNote = ({ step }: { readonly step: FirstStep }): ReactNode => {
  const t = useTranslations("search.empty");
  const [title, body] =
    step.kind === "flow"
      ? [t("flowTitle"), t("flowBody", { file: step.file })]
      : [t("eventTitle"), t("eventBody", { flow: step.flowName })];
  return (
    <section aria-labelledby="first-step" className="mt-8 max-w-200">
      <div className="section-head">
        <h2 id="first-step">{title}</h2>
      </div>
      <p className="mt-3 wrap-anywhere text-ink-2">{body}</p>
      <pre className="my-3 whitespace-pre-wrap wrap-anywhere rounded-2 bg-sunken px-4 py-3 text-12 leading-read">
        {step.command}
      </pre>
      <CopyButton text={step.command} />
    </section>
  );
};
