"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isCurrentPage, navPages } from "#components/shell/nav-pages.ts";
import { Icon } from "#components/ui/icon.tsx";

/** The pages as tabs at the foot of a phone; gives way to a page's own action bar (`data-action-bar`, see controls.css). */
export const TabBar = (): ReactNode => {
  const t = useTranslations("shell");
  const path = usePathname();
  return (
    <nav className="tab-bar no-print" aria-label={t("main")}>
      {navPages.map(({ href, text, icon }) => {
        const isCurrent = isCurrentPage(href, path);
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={isCurrent ? "page" : undefined}
            className={`grid justify-items-center gap-0.5 pt-2 pb-[7px] text-12 ${
              isCurrent ? "font-bold text-ink shadow-[inset_0_2px_0_var(--ink)]" : "text-ink-3"
            }`}
          >
            <Icon name={icon} size={20} />
            <span>{t(text)}</span>
          </Link>
        );
      })}
    </nav>
  );
};
