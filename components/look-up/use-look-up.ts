"use client";

import { useCallback, useRef, useState } from "react";
import type { LookUpLine } from "#lib/search/look-up-line.ts";

/** A few at a time, so that the first lines are there at once. */
const perRequest = 100;

interface LinesAnswer {
  readonly asOf: number;
  readonly lines: readonly LookUpLine[];
}

/** Our own route answers with this shape. */
const toAnswer = (body: unknown): LinesAnswer => body as LinesAnswer;

export const askLookUp = async (keys: readonly string[], as: "lines" | "csv"): Promise<Response> => {
  const response = await fetch("/api/console/look-up", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ keys, as }),
  });
  // the session has ended: the page itself leads to the sign-in page and back
  if (response.status === 401) globalThis.location.reload();
  if (!response.ok) throw new Error(`The look-up answered ${response.status}.`);
  return response;
};

export interface LookUp {
  /** What was asked; empty before the first look-up. */
  readonly keys: readonly string[];
  readonly lines: readonly LookUpLine[];
  /** Of the newest answer, epoch ms. */
  readonly asOf: number | null;
  readonly isBusy: boolean;
  readonly hasFailed: boolean;
  readonly start: (keys: readonly string[]) => void;
  /** After a failure: the rest of them. */
  readonly goOn: () => void;
}

/** Looks numbers up, part after part; a newer list ends the older. */
export const useLookUp = (): LookUp => {
  const [state, setState] = useState<Omit<LookUp, "start" | "goOn">>({
    keys: [],
    lines: [],
    asOf: null,
    isBusy: false,
    hasFailed: false,
  });
  const turn = useRef(0);
  const run = useCallback(async (keys: readonly string[], known: readonly LookUpLine[]): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    let lines = known;
    setState((now) => ({ ...now, keys, lines, isBusy: keys.length > lines.length, hasFailed: false }));
    try {
      while (lines.length < keys.length) {
        const response = await askLookUp(keys.slice(lines.length, lines.length + perRequest), "lines");
        const answer = toAnswer(await response.json());
        if (turn.current !== mine) return;
        lines = [...lines, ...answer.lines];
        setState({ keys, lines, asOf: answer.asOf, isBusy: lines.length < keys.length, hasFailed: false });
      }
    } catch {
      if (turn.current === mine) setState((now) => ({ ...now, isBusy: false, hasFailed: true }));
    }
  }, []);
  const start = useCallback((keys: readonly string[]) => void run(keys, []), [run]);
  const goOn = useCallback(() => void run(state.keys, state.lines), [run, state]);
  return { ...state, start, goOn };
};
