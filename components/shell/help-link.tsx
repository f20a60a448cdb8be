"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { helpPathOf } from "#lib/help/help-page.ts";

/** To the help for the page that is open; phones have it in the account's menu. */
export const HelpLink = (): ReactNode => {
  const t = useTranslations("shell");
  const path = usePathname();
  return (
    <Link className="icon-btn max-wide:hidden" href={helpPathOf(path)} prefetch={false} title={t("helpPage")}>
      {t("help")}
    </Link>
  );
};
