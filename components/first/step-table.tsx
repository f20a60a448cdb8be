"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "#components/ui/icon.tsx";
import { chainSteps, moveStep, type StepDraft } from "#lib/flow/flow-draft.ts";

/** The stops of a flow in their order: named, limited, moved, left out, added. */
export const StepTable = ({
  steps,
  onChange,
}: {
  readonly steps: readonly StepDraft[];
  readonly onChange: (steps: readonly StepDraft[]) => void;
}): ReactNode => {
  const t = useTranslations("first.declare");
  const change = (place: number, next: Partial<StepDraft>): void =>
    onChange(steps.map((step, at) => (at === place ? { ...step, ...next } : step)));
  const add = (): void => {
    const id = t("newStep", { place: steps.length + 1 });
    const step = { id, system: id, after: [], isAny: false, within: "", isOptional: false, isEnd: false };
    onChange(chainSteps([...steps, step]));
  };
  return (
    <fieldset className="mt-5">
      <legend className="text-13 font-medium">{t("steps")}</legend>
      <ol>
        {steps.map((step, place) => (
          <li key={step.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2">
            <span className="flex flex-none">
              <button
                type="button"
                className="icon-btn"
                aria-label={t("up", { step: step.id })}
                disabled={place === 0}
                onClick={() => onChange(moveStep(steps, place, -1))}
              >
                <Icon name="up" />
              </button>
              <button
                type="button"
                className="icon-btn"
                aria-label={t("down", { step: step.id })}
                disabled={place === steps.length - 1}
                onClick={() => onChange(moveStep(steps, place, 1))}
              >
                <Icon name="down" />
              </button>
            </span>
            <span className="min-w-32 flex-1">
              <code className="block font-medium wrap-anywhere">{step.id}</code>
              <span className="text-12 text-ink-3 wrap-anywhere">
                {step.point === undefined ? step.system : `${step.system} · ${step.point}`}
              </span>
            </span>
            <label className="w-40 text-12 text-ink-3 max-wide:w-full">
              {t("stepTitle")}
              <input
                className="field"
                value={step.title ?? ""}
                onChange={(event) => change(place, { title: event.target.value })}
              />
            </label>
            <label className="w-32 text-12 text-ink-3">
              {t("system")}
              <input
                className="field"
                value={step.system}
                onChange={(event) => change(place, { system: event.target.value.trim() })}
              />
            </label>
            <label className="w-24 text-12 text-ink-3">
              {t("within")}
              <input
                className="field"
                value={step.within}
                disabled={step.after.length === 0}
                title={t("withinHint")}
                onChange={(event) => change(place, { within: event.target.value.trim() })}
              />
            </label>
            <span className="flex flex-wrap gap-x-3 text-13">
              <label className="inline-flex min-h-6 items-center gap-1.5 max-wide:min-h-11">
                <input
                  type="checkbox"
                  checked={step.isOptional}
                  disabled={step.isEnd}
                  onChange={(event) => change(place, { isOptional: event.target.checked })}
                />
                {t("optional")}
              </label>
              <label className="inline-flex min-h-6 items-center gap-1.5 max-wide:min-h-11">
                <input
                  type="checkbox"
                  checked={step.isEnd}
                  onChange={(event) =>
                    onChange(
                      chainSteps(
                        steps.map((each, at) =>
                          at === place ? { ...each, isEnd: event.target.checked, isOptional: false } : each,
                        ),
                      ),
                    )
                  }
                />
                {t("ends")}
              </label>
            </span>
            <button
              type="button"
              className="icon-btn"
              aria-label={t("remove", { step: step.id })}
              disabled={steps.length === 1}
              onClick={() => onChange(chainSteps(steps.filter((_, at) => at !== place)))}
            >
              <Icon name="cross" />
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="btn mt-3" onClick={add}>
        {t("add")}
      </button>
    </fieldset>
  );
};
