"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Account } from "#components/shell/account-menu.tsx";
import { Icon } from "#components/ui/icon.tsx";

const AccountMenu = lazy(async () => ({ default: (await import("#components/shell/account-menu.tsx")).AccountMenu }));

/** The account's button. The menu behind it is loaded when it is first asked for: most pages are read without it. */
export const UserMenu = (account: Account): ReactNode => {
  const t = useTranslations("shell");
  const [isAsked, setAsked] = useState(false);
  const button = (
    <button
      type="button"
      className="icon-btn"
      aria-label={t("account", { name: account.name })}
      aria-haspopup="menu"
      aria-expanded={false}
      aria-busy={isAsked}
      onClick={() => setAsked(true)}
    >
      <Icon name="person" />
    </button>
  );
  return isAsked ? (
    <Suspense fallback={button}>
      <AccountMenu {...account} />
    </Suspense>
  ) : (
    button
  );
};
