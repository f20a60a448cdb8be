"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { PasswordAnswer } from "#components/access/password-answer.ts";
import { PasswordForm } from "#components/access/password-form.tsx";

/** What a link for a password opens. `name`: null where the link no longer counts. */
export const ChoosePassword = ({
  linkKey,
  name,
  choose,
}: {
  readonly linkKey: string;
  readonly name: string | null;
  readonly choose: (input: { key: string; password: string }) => Promise<PasswordAnswer>;
}): ReactNode => {
  const t = useTranslations("access");
  return (
    <>
      <h1 className="text-20 font-bold">{t("chooseTitle")}</h1>
      <p className="mt-2 mb-4 leading-read text-ink-2">
        {name === null ? t("choiceDead") : t("chooseIntro", { name })}
      </p>
      {name === null ? null : (
        <PasswordForm
          submit={async ({ password }) => choose({ key: linkKey, password })}
          next="/"
          texts={{ submit: t("choose"), busy: t("choosing") }}
        />
      )}
    </>
  );
};
