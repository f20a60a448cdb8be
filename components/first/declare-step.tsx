"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { CheckFlowAnswer, DeclareFlowAnswer } from "#components/first/declare-answer.ts";
import type { FlowDraft } from "#lib/flow/flow-draft.ts";

const FlowWizard = lazy(async () => ({ default: (await import("#components/first/flow-wizard.tsx")).FlowWizard }));

/** What the events so far say of a flow. */
export interface SeenFlow {
  readonly draft: FlowDraft;
  readonly events: number;
  readonly records: number;
}

/** The proposed flow; its form is loaded when somebody wants it, and keeps what they do to it while events go on coming. */
export const DeclareStep = ({
  mayDeclare,
  received,
  flows,
  folder,
  proposal,
  check,
  declare,
}: {
  readonly mayDeclare: boolean;
  readonly received: number;
  readonly flows: readonly string[];
  readonly folder: string;
  readonly proposal: SeenFlow | null;
  readonly check: (text: string) => Promise<CheckFlowAnswer>;
  readonly declare: (text: string) => Promise<DeclareFlowAnswer>;
}): ReactNode => {
  const t = useTranslations("first.declare");
  const [opened, setOpened] = useState<FlowDraft | null>(null);
  if (!mayDeclare) return <p className="mt-2 text-ink-2">{t("ask")}</p>;
  return (
    <>
      {flows.length === 0 ? null : <p className="mt-2 text-ink-2">{t("inForce", { flows: flows.join(", ") })}</p>}
      {opened === null && proposal === null ? (
        <p className="mt-2 text-ink-2">{received === 0 ? t("before") : t("noProposal")}</p>
      ) : null}
      {opened === null && proposal !== null ? (
        <>
          <p className="mt-2 text-ink-2">{t("read", { events: proposal.events, records: proposal.records })}</p>
          <button type="button" className="btn btn-primary mt-3" onClick={() => setOpened(proposal.draft)}>
            {t("open")}
          </button>
        </>
      ) : null}
      {opened === null ? null : (
        <Suspense fallback={<p className="mt-4 text-13 text-ink-3">…</p>}>
          <FlowWizard proposed={opened} folder={folder} check={check} declare={declare} />
        </Suspense>
      )}
    </>
  );
};
