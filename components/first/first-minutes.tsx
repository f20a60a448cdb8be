"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ConnectStep } from "#components/first/connect-step.tsx";
import type { CheckFlowAnswer, ConnectAnswer, DeclareFlowAnswer } from "#components/first/declare-answer.ts";
import { useClock } from "#components/message/text-provider.tsx";
import { DeclareStep, type SeenFlow } from "#components/first/declare-step.tsx";
import { WhatPicture } from "#components/first/what-picture.tsx";

const Part = ({
  id,
  number,
  title,
  children,
}: {
  readonly id: string;
  readonly number: number | null;
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode => (
  <section aria-labelledby={id} className="mt-8 max-w-200">
    <div className="section-head">
      <h2 id={id}>{number === null ? title : `${number}. ${title}`}</h2>
    </div>
    {children}
  </section>
);

/** From nothing to a verdict: what Hopline needs, a first source, a first flow. `children`: the sample company. */
export const FirstMinutes = ({
  progress,
  connect,
  check,
  declare,
  children,
}: {
  readonly progress: {
    readonly mayConnect: boolean;
    readonly mayDeclare: boolean;
    readonly received: number;
    readonly newestSource: string | null;
    readonly flows: readonly string[];
    readonly folder: string;
    readonly proposal: SeenFlow | null;
  };
  readonly connect: () => Promise<ConnectAnswer>;
  readonly check: (text: string) => Promise<CheckFlowAnswer>;
  readonly declare: (text: string) => Promise<DeclareFlowAnswer>;
  readonly children?: ReactNode;
}): ReactNode => {
  const t = useTranslations("first");
  const { language } = useClock();
  return (
    <>
      <p className="mt-6 text-ink-2">{t("intro")}</p>
      <Part id="first-what" number={1} title={t("what.title")}>
        <p className="mt-3 leading-read text-ink-2">
          {[t("what.one"), t("what.two"), t("what.three")].join(language === "zh" ? "" : " ")}
        </p>
        <WhatPicture />
        {children}
      </Part>
      <Part id="first-connect" number={2} title={t("connect.title")}>
        <ConnectStep {...progress} connect={connect} />
      </Part>
      <Part id="first-declare" number={3} title={t("declare.title")}>
        <DeclareStep {...progress} check={check} declare={declare} />
      </Part>
    </>
  );
};
