"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { SecretText } from "#components/ui/secret-text.tsx";
import type { HandedLink } from "#components/users/user-answer.ts";
import { timeText } from "#lib/time-text/time-text.ts";

/** The link by which a person chooses a password. */
export const LinkNote = ({ made }: { readonly made: HandedLink }): ReactNode => {
  const t = useTranslations("users");
  const clock = useClock();
  return (
    <div aria-live="polite" className="mt-4 max-w-160 rounded-2 border border-line px-4 pb-4">
      <SecretText label={t("linkTitle", { name: made.name })} text={made.link} />
      <p className="mt-3 text-13 text-ink-2">
        {t("linkOnce", { name: made.name, time: timeText(made.expiresAt, clock) })}
      </p>
    </div>
  );
};
