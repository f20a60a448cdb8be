"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isCurrentPage, settingsPagesOf } from "#components/shell/nav-pages.ts";
import type { Role } from "#lib/access/role.ts";

/** The settings and administration pages beside each other: a column, on phones a row that scrolls sideways. */
export const SettingsFrame = ({ role, children }: { readonly role: Role; readonly children: ReactNode }): ReactNode => {
  const t = useTranslations("shell");
  const path = usePathname();
  return (
    <div className="grid grid-cols-[168px_minmax(0,1fr)] gap-x-10 max-wide:block">
      <nav aria-label={t("settingsMenu")} className="no-print">
        <ul className="sticky top-20 -ml-2.5 max-wide:static max-wide:-mx-gutter max-wide:mb-4 max-wide:flex max-wide:gap-2 max-wide:overflow-x-auto max-wide:px-gutter max-wide:py-1">
          {settingsPagesOf(role).map(({ href, text }) => {
            const isCurrent = isCurrentPage(href, path);
            return (
              <li key={href} className="max-wide:flex-none">
                <Link
                  href={href}
                  prefetch={false}
                  aria-current={isCurrent ? "page" : undefined}
                  className={`flex min-h-tap items-center rounded-2 px-2.5 text-13 whitespace-nowrap hover:bg-hover max-wide:border max-wide:border-line ${
                    isCurrent ? "bg-sunken font-bold text-ink" : "text-ink-2"
                  }`}
                >
                  {t(text)}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="min-w-0">{children}</div>
    </div>
  );
};
