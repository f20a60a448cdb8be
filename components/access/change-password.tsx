"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { PasswordAnswer } from "#components/access/password-answer.ts";
import { PasswordForm } from "#components/access/password-form.tsx";

/** One's own password, on the settings page. */
export const ChangePassword = ({
  change,
}: {
  readonly change: (input: { current: string; password: string }) => Promise<PasswordAnswer>;
}): ReactNode => {
  const t = useTranslations("access");
  return (
    <section aria-labelledby="password" className="mt-6 max-w-120">
      <div className="section-head">
        <h2 id="password">{t("changeTitle")}</h2>
        <span className="text-13 text-ink-3">{t("changeIntro")}</span>
      </div>
      <div className="mt-4">
        <PasswordForm submit={change} asksCurrent next={null} texts={{ submit: t("change"), busy: t("choosing") }} />
      </div>
    </section>
  );
};
