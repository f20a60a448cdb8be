"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import type { MadeToken } from "#components/tokens/token-answer.ts";
import { SecretText } from "#components/ui/secret-text.tsx";

const tries = { ingest: "tryIngest", read: "tryRead", metrics: "tryMetrics" } as const;

/** The token, this once, with a command to try it for each thing it may do. */
export const MadeTokenNote = ({ made }: { readonly made: MadeToken }): ReactNode => {
  const t = useTranslations("tokens");
  return (
    <div aria-live="polite" className="max-w-200">
      <SettingsHead title={t("madeTitle", { name: made.name })} intro={t("madeOnce")} />
      <SecretText label={t("secret")} text={made.secret} />
      {made.commands.map(({ scope, command }) => (
        <SecretText key={scope} label={t(tries[scope])} text={command} />
      ))}
      <p className="mt-6">
        <Link className="btn" href="/tokens">
          {t("back")}
        </Link>
      </p>
    </div>
  );
};
