"use client";

import type { ReactNode } from "react";
import { BrandMark } from "#components/shell/brand.tsx";
import { LanguageSwitch } from "#components/shell/language-switch.tsx";
import { ThemeSwitch } from "#components/shell/theme-switch.tsx";

/** The frame of the pages before the console: sign-in and set-up. */
export const EntryFrame = ({
  theme,
  saveLanguage,
  saveTheme,
  children,
}: {
  readonly theme: "light" | "dark" | null;
  readonly saveLanguage: (language: string) => Promise<void>;
  readonly saveTheme: (theme: string) => Promise<void>;
  readonly children: ReactNode;
}): ReactNode => (
  <div className="flex min-h-dvh flex-col">
    <header className="flex h-14 items-center gap-2 px-gutter">
      <span className="flex items-center gap-2 text-16 font-bold">
        <BrandMark />
        Hopline
      </span>
      <span className="ml-auto" />
      <LanguageSwitch save={saveLanguage} />
      <ThemeSwitch initial={theme} save={saveTheme} />
    </header>
    <main className="mx-auto w-full max-w-96 px-gutter pt-[10vh] pb-12 wide:max-w-104">{children}</main>
  </div>
);
