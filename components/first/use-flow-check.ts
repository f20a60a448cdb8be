"use client";

import { useEffect, useState } from "react";
import type { CheckFlowAnswer } from "#components/first/declare-answer.ts";

const pauseMs = 250;

/** What the worker's own reader says of a text; null while it is being asked. An older answer never replaces a newer one. */
export const useFlowCheck = (
  text: string,
  check: (text: string) => Promise<CheckFlowAnswer>,
): CheckFlowAnswer["problems"] | null => {
  const [checked, setChecked] = useState<{
    readonly text: string;
    readonly problems: CheckFlowAnswer["problems"];
  } | null>(null);
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      check(text).then(
        ({ problems }) => {
          if (!isOver) setChecked({ text, problems });
        },
        // asked again with the next change; writing asks once more anyway
        () => {},
      );
    }, pauseMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text, check]);
  return checked?.text === text ? checked.problems : null;
};
