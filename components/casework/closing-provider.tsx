"use client";

import { createContext, use, useOptimistic, useState, useTransition, type ReactNode } from "react";
import type { CaseworkAnswer } from "#components/casework/casework-answer.ts";
import type { ClosingTexts } from "#components/casework/casework-texts.ts";

/** A closing in the words of the page. */
export interface ClosedView {
  /** "Closed by Li:". */
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

export interface ClosingActions {
  readonly close: (input: { flow: string; primary: string; reason: string }) => Promise<CaseworkAnswer>;
  readonly reopen: (input: { flow: string; primary: string }) => Promise<CaseworkAnswer>;
}

interface Closing {
  readonly closed: ClosedView | null;
  readonly mayClose: boolean;
  readonly isBusy: boolean;
  /** What went wrong last, in words. */
  readonly problem: string | null;
  readonly texts: ClosingTexts;
  readonly close: (reason: string) => void;
  readonly reopen: () => void;
}

const Context = createContext<Closing | null>(null);

/** The closing of the journey around it; there is one wherever these components stand. */
export const useClosing = (): Closing => {
  const closing = use(Context);
  if (closing === null) throw new Error("Closings are shown inside a ClosingProvider.");
  return closing;
};

/** Shows a closing and its undoing at once; where the console then says no, the page is as it was and says why. */
export const ClosingProvider = ({
  journey,
  closed: known,
  mayClose,
  texts,
  actions,
  children,
}: {
  readonly journey: { readonly flow: string; readonly primary: string };
  readonly closed: ClosedView | null;
  readonly mayClose: boolean;
  readonly texts: ClosingTexts;
  readonly actions: ClosingActions;
  readonly children: ReactNode;
}): ReactNode => {
  const [closed, show] = useOptimistic(known);
  const [isBusy, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const run = (shown: ClosedView | null, act: () => Promise<CaseworkAnswer>): void => {
    setProblem(null);
    start(async () => {
      show(shown);
      try {
        const { result } = await act();
        if (result !== "done") setProblem(texts.problem[result]);
      } catch {
        setProblem(texts.problem.unreachable);
      }
    });
  };
  const { flow, primary } = journey;
  const value: Closing = {
    closed,
    mayClose,
    isBusy,
    problem,
    texts,
    close: (reason) =>
      run({ by: texts.byMe, at: texts.now, reason }, async () => actions.close({ flow, primary, reason })),
    reopen: () => run(null, async () => actions.reopen({ flow, primary })),
  };
  return <Context value={value}>{children}</Context>;
};
