"use client";

import { useEffect, useState } from "react";
import { askSearch } from "#components/search/ask-search.ts";
import type { SearchAnswer } from "#lib/search/search-answer.ts";

const pauseMs = 120;
const shortest = 2;

export interface Suggestions {
  /** The newest answer that came; null before the first and for an empty field. */
  readonly answer: SearchAnswer | null;
  /** The answer is to an older text, or none has come yet. */
  readonly isAsking: boolean;
  readonly hasFailed: boolean;
}

interface Answered {
  readonly text: string;
  /** null: the search did not answer. */
  readonly answer: SearchAnswer | null;
}

/** Records that match what is typed so far; an older answer never replaces a newer one. */
export const useSuggestions = (typed: string): Suggestions => {
  const text = typed.trim();
  const isAsked = text.length >= shortest;
  const [answered, setAnswered] = useState<Answered | null>(null);
  useEffect(() => {
    if (!isAsked) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      askSearch({ text, whole: false, signal: abort.signal }).then(
        (answer) => setAnswered({ text, answer }),
        () => {
          if (!abort.signal.aborted) setAnswered({ text, answer: null });
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, isAsked]);
  if (!isAsked || answered === null) return { answer: null, isAsking: isAsked, hasFailed: false };
  const isAsking = answered.text !== text;
  return { answer: answered.answer, isAsking, hasFailed: !isAsking && answered.answer === null };
};
