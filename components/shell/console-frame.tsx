"use client";

import { Suspense, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { PrivateFoundProvider } from "#components/search/private-found.tsx";
import { ConsoleKeys } from "#components/shell/console-keys.tsx";
import { FreshnessLine } from "#components/shell/freshness-line.tsx";
import { HelpLink } from "#components/shell/help-link.tsx";
import { KeepSession } from "#components/shell/keep-session.tsx";
import { LanguageSwitch } from "#components/shell/language-switch.tsx";
import { LoadingBar } from "#components/shell/loading-bar.tsx";
import { TabBar } from "#components/shell/tab-bar.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { UserMenu } from "#components/shell/user-menu.tsx";
import type { Role } from "#lib/access/role.ts";
import type { Freshness } from "#lib/source/freshness.ts";

/** The shell around every page: bar, content, tabs on phones. */
export const ConsoleFrame = ({
  name,
  role,
  theme,
  singleKeys,
  freshness,
  saveLanguage,
  saveTheme,
  saveSingleKeys,
  children,
}: {
  readonly name: string;
  readonly role: Role;
  readonly theme: "light" | "dark" | null;
  /** Whether single keys do anything for this person. */
  readonly singleKeys: boolean;
  readonly freshness: Freshness;
  readonly saveLanguage: (language: string) => Promise<void>;
  readonly saveTheme: (theme: string) => Promise<void>;
  readonly saveSingleKeys: (isOn: boolean) => Promise<void>;
  readonly children: ReactNode;
}): ReactNode => {
  const t = useTranslations("shell");
  return (
    <PrivateFoundProvider>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-30 focus:bg-ground focus:px-3 focus:py-2"
      >
        {t("skip")}
      </a>
      <TopBar role={role}>
        <FreshnessLine initial={freshness} />
        <span className="flex items-center">
          <HelpLink />
          <LanguageSwitch save={saveLanguage} />
          <UserMenu name={name} role={role} theme={theme} saveTheme={saveTheme} />
        </span>
      </TopBar>
      <Suspense fallback={null}>
        <LoadingBar label={t("loading")} />
      </Suspense>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-measure px-gutter pt-6 pb-12 outline-none max-wide:pt-3 max-wide:pb-24 print:p-0"
      >
        {children}
      </main>
      <TabBar role={role} />
      <KeepSession />
      <ConsoleKeys role={role} singleKeys={singleKeys} saveSingleKeys={saveSingleKeys} />
    </PrivateFoundProvider>
  );
};
