"use client";

import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { settingsPagesOf } from "#components/shell/nav-pages.ts";
import { useTheme } from "#components/shell/use-theme.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoice, MenuItem, MenuLink, MenuNote, MenuSeparator } from "#components/ui/menu.tsx";
import type { Role } from "#lib/access/role.ts";
import { zoneText } from "#lib/time-text/time-text.ts";

export interface Account {
  readonly name: string;
  readonly role: Role;
  readonly theme: "light" | "dark" | null;
  readonly saveTheme: (theme: string) => Promise<void>;
}

/** The account's menu, open from the start: loaded when it is first asked for. */
export const AccountMenu = ({ name, role, theme: initialTheme, saveTheme }: Account): ReactNode => {
  const t = useTranslations("shell");
  const { timeZone, now } = useClock();
  const [theme, changeTheme] = useTheme(initialTheme, saveTheme);
  const [isLeaving, setLeaving] = useState(false);
  const leave = async (): Promise<void> => {
    setLeaving(true);
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
    globalThis.location.assign("/sign-in");
  };
  return (
    <Menu defaultOpen trigger={<Icon name="person" />} label={t("account", { name })}>
      <div className="px-2.5 pt-1.5 pb-1">
        <div className="font-medium">{name}</div>
        <div className="text-12 text-ink-3">{t(`role.${role}`)}</div>
      </div>
      <MenuSeparator />
      {settingsPagesOf(role).map(({ href, text }) => (
        <MenuLink key={href} href={href}>
          {t(text)}
        </MenuLink>
      ))}
      <MenuLink href="/help">{t("help")}</MenuLink>
      <MenuSeparator />
      <MenuChoice
        label={t("theme")}
        value={theme}
        onChange={changeTheme}
        options={[
          { value: "system", text: t("themeSystem") },
          { value: "light", text: t("themeLight") },
          { value: "dark", text: t("themeDark") },
        ]}
      />
      <MenuSeparator />
      <MenuNote>{t("zone", { zone: zoneText(timeZone, now) })}</MenuNote>
      <MenuItem onSelect={() => void leave()}>{isLeaving ? t("signingOut") : t("signOut")}</MenuItem>
    </Menu>
  );
};
