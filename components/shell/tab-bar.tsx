"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { isCurrentPage, mainPagesOf, settingsPagesOf } from "#components/shell/nav-pages.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Role } from "#lib/access/role.ts";

/** The pages as tabs at the foot of a phone, the quieter ones behind the last; gives way to a page's own action bar (`data-action-bar`, see controls.css). */
export const TabBar = ({ role }: { readonly role: Role }): ReactNode => {
  const t = useTranslations("shell");
  const path = usePathname();
  const isAside = settingsPagesOf(role).some(({ href }) => isCurrentPage(href, path));
  const tabs = [
    ...mainPagesOf(role).map((page) => ({ ...page, isCurrent: isCurrentPage(page.href, path) })),
    { href: "/settings", text: "more", icon: "dots", isCurrent: isAside } as const,
  ];
  return (
    <nav className="tab-bar no-print" aria-label={t("main")}>
      {tabs.map(({ href, text, icon, isCurrent }) => (
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
      ))}
    </nav>
  );
};
