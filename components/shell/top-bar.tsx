"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRef, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SearchField } from "#components/search/search-field.tsx";
import { useSearchKey } from "#components/search/use-search-key.ts";
import { BrandMark } from "#components/shell/brand.tsx";
import { isCurrentPage, mainPagesOf } from "#components/shell/nav-pages.ts";
import type { Role } from "#lib/access/role.ts";

/** Pages that have the large search field: the small one would be a second. */
const hasOwnSearch = (path: string): boolean => path === "/" || path === "/search";

const TopSearch = (): ReactNode => {
  const input = useRef<HTMLInputElement>(null);
  useSearchKey(input);
  return <SearchField inputRef={input} />;
};

/** `children`: freshness, language, account. */
export const TopBar = ({ role, children }: { readonly role: Role; readonly children: ReactNode }): ReactNode => {
  const t = useTranslations("shell");
  const path = usePathname();
  return (
    <header className="no-print sticky top-0 z-10 border-b border-line bg-ground">
      <div className="mx-auto flex h-[52px] max-w-measure items-center gap-4 px-gutter max-wide:h-14 max-wide:gap-2">
        <Link
          href="/"
          prefetch={false}
          className="flex items-center gap-2 py-2.5 text-16 font-bold tracking-[-0.01em] max-wide:px-1"
          aria-label={t("home")}
        >
          <BrandMark />
          <span className="max-wide:hidden">Hopline</span>
        </Link>
        <nav className="ml-2 flex h-full gap-0.5 max-wide:hidden" aria-label={t("main")}>
          {mainPagesOf(role).map(({ href, text }) => {
            const isCurrent = isCurrentPage(href, path);
            return (
              <Link
                key={href}
                href={href}
                prefetch={false}
                aria-current={isCurrent ? "page" : undefined}
                className={`flex items-center border-y-2 border-transparent px-2.5 whitespace-nowrap hover:text-ink ${
                  isCurrent ? "border-b-ink font-bold text-ink" : "text-ink-2"
                }`}
              >
                {t(text)}
              </Link>
            );
          })}
        </nav>
        <div className="ml-auto flex min-w-0 flex-[0_1_330px] max-wide:flex-auto">
          {hasOwnSearch(path) ? null : <TopSearch />}
        </div>
        {children}
      </div>
    </header>
  );
};
