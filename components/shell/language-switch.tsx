"use client";

import { useRouter } from "next/navigation";
import { useTransition, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";

/** One button: to the other language. The whole page comes again in it, where it was. */
export const LanguageSwitch = ({ save }: { readonly save: (language: string) => Promise<void> }): ReactNode => {
  const t = useTranslations("shell");
  const { language } = useClock();
  const router = useRouter();
  const [isPending, start] = useTransition();
  const other = language === "zh" ? "en" : "zh";
  return (
    <button
      type="button"
      className="icon-btn"
      lang={other === "zh" ? "zh-CN" : "en"}
      title={t("languageLabel")}
      aria-busy={isPending}
      onClick={() => {
        start(async () => {
          await save(other);
          router.refresh();
        });
      }}
    >
      {t("language")}
    </button>
  );
};
