"use client";

import { useState } from "react";

export type ThemeChoice = "light" | "dark" | "system";

/** The theme in use and how to change it: at once on the page, then remembered. `initial` is what the server drew with. */
export const useTheme = (
  initial: "light" | "dark" | null,
  save: (theme: string) => Promise<void>,
): readonly [ThemeChoice, (theme: ThemeChoice) => void] => {
  const [theme, setTheme] = useState<ThemeChoice>(initial ?? "system");
  const change = (chosen: ThemeChoice): void => {
    setTheme(chosen);
    const { dataset } = document.documentElement;
    if (chosen === "system") delete dataset["theme"];
    else dataset["theme"] = chosen;
    void save(chosen);
  };
  return [theme, change];
};
