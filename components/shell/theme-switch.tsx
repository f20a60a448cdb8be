"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTheme } from "#components/shell/use-theme.ts";
import { Icon } from "#components/ui/icon.tsx";

/** One button: to the other of light and dark. The choice of all three stands in the account's menu. */
export const ThemeSwitch = ({
  initial,
  save,
}: {
  readonly initial: "light" | "dark" | null;
  readonly save: (theme: string) => Promise<void>;
}): ReactNode => {
  const t = useTranslations("shell");
  const [theme, change] = useTheme(initial, save);
  const toggle = (): void => {
    const isDark = theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
    change(isDark ? "light" : "dark");
  };
  return (
    <button type="button" className="icon-btn" aria-label={t("themeToggle")} onClick={toggle}>
      <Icon name={theme === "dark" ? "sun" : "moon"} />
    </button>
  );
};
