"use client";

import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { CheckFlowAnswer, DeclareFlowAnswer } from "#components/first/declare-answer.ts";
import { StepTable } from "#components/first/step-table.tsx";
import { useFlowCheck } from "#components/first/use-flow-check.ts";
import { ChoiceField } from "#components/ui/choice-field.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { toFlowYaml, type FlowDraft } from "#lib/flow/flow-draft.ts";

type Problems = CheckFlowAnswer["problems"];

const ProblemLines = ({ problems }: { readonly problems: Problems | null }): ReactNode => {
  const t = useTranslations("first.declare");
  if (problems === null) return <output className="mt-2 block text-13 text-ink-3">{t("checking")}</output>;
  if (problems.length === 0) return <output className="mt-2 block text-13 text-ok">{t("right")}</output>;
  return (
    <ul className="mt-2 text-13 text-failed" role="alert">
      {problems.map(({ line, path, message, instead }) => (
        <li key={`${line} ${path} ${message}`} className="wrap-anywhere">
          {t("problem", { line, message: path === "" ? message : `${path}: ${message}`, instead })}
        </li>
      ))}
    </ul>
  );
};

/** A proposed flow, to be put right and put in force: by fields, or in the file itself. */
export const FlowWizard = ({
  proposed,
  folder,
  check,
  declare,
}: {
  readonly proposed: FlowDraft;
  readonly folder: string;
  readonly check: (text: string) => Promise<CheckFlowAnswer>;
  readonly declare: (text: string) => Promise<DeclareFlowAnswer>;
}): ReactNode => {
  const t = useTranslations("first.declare");
  const [draft, setDraft] = useState(proposed);
  const [edited, setEdited] = useState<string | null>(null);
  const [answer, setAnswer] = useState<DeclareFlowAnswer | "failed" | null>(null);
  const [isBusy, setBusy] = useState(false);
  const text = edited ?? toFlowYaml(draft);
  const problems = useFlowCheck(text, check);
  const types = [proposed.primary, ...proposed.aliases];
  const change = (next: Partial<FlowDraft>): void => {
    setAnswer(null);
    setDraft({ ...draft, ...next });
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      setAnswer(await declare(text));
    } catch {
      setAnswer("failed");
    }
    setBusy(false);
  };
  if (answer !== null && answer !== "failed" && answer.result === "written") {
    return <output className="mt-3 block font-medium wrap-anywhere">{t("written", { file: answer.file })}</output>;
  }
  return (
    <form
      method="post"
      className="mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {edited === null ? (
        <>
          <div className="grid max-w-160 grid-cols-2 gap-4 max-wide:grid-cols-1">
            <FormField
              label={t("id")}
              hint={t("idHint")}
              value={draft.flow}
              onChange={(event) => change({ flow: event.target.value })}
            />
            <FormField
              label={t("titleField")}
              hint={t("titleHint")}
              value={draft.title}
              onChange={(event) => change({ title: event.target.value })}
            />
          </div>
          <div className="mt-4">
            <ChoiceField
              label={t("primary")}
              name="primary"
              value={draft.primary}
              options={types.map((type) => ({ value: type, text: type }))}
              onChange={(primary) => change({ primary, aliases: types.filter((type) => type !== primary) })}
            />
          </div>
          <StepTable steps={draft.steps} onChange={(steps) => change({ steps })} />
        </>
      ) : null}
      <label className="mt-5 block text-13 font-medium">
        {t("yaml")}
        <span className="ml-2 font-regular text-ink-3">{edited === null ? t("yamlHint") : t("edited")}</span>
        <textarea
          className="field mt-1 h-auto py-2 font-mono text-12 leading-read"
          rows={Math.min(24, text.split("\n").length + 1)}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setAnswer(null);
            setEdited(event.target.value);
          }}
        />
      </label>
      <ProblemLines problems={problems} />
      <p className="mt-3 flex flex-wrap items-center gap-3">
        <button
          type="submit"
          className="btn btn-primary"
          disabled={isBusy || (problems !== null && problems.length > 0)}
        >
          {isBusy ? t("saving") : t("save")}
        </button>
        {edited === null ? null : (
          <button type="button" className="btn" onClick={() => setEdited(null)}>
            {t("form")}
          </button>
        )}
        <span className="text-13 text-ink-3 wrap-anywhere">{t("folder", { folder })}</span>
      </p>
      {answer === null || (answer !== "failed" && answer.result === "wrong") ? null : (
        <p role="alert" className="mt-2 text-13 text-failed wrap-anywhere">
          {answer === "failed"
            ? t("failed")
            : answer.result === "unwritable"
              ? t("unwritable", { file: answer.file })
              : t("taken")}
        </p>
      )}
    </form>
  );
};
