"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTheme } from "#components/shell/use-theme.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";

export const ThemeSwitch = ({
  initial,
  save,
}: {
  readonly initial: "light" | "dark" | null;
  readonly save: (theme: string) => Promise<void>;
}): ReactNode => {
  const t = useTranslations("shell");
  const [theme, change] = useTheme(initial, save);
  return (
    <Menu trigger={<Icon name={theme === "light" ? "sun" : "moon"} />} label={t("theme")}>
      <MenuChoice
        label={t("theme")}
        value={theme}
        onChange={change}
        options={[
          { value: "system", text: t("themeSystem") },
          { value: "light", text: t("themeLight") },
          { value: "dark", text: t("themeDark") },
        ]}
      />
    </Menu>
  );
};
