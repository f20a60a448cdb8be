"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { tokenScopes, type TokenScope } from "#lib/access/token-scope.ts";

/** What a token may do: any of them. */
export const ScopeField = ({
  scopes,
  problem,
  onChange,
}: {
  readonly scopes: readonly TokenScope[];
  readonly problem: string | null;
  readonly onChange: (scopes: readonly TokenScope[]) => void;
}): ReactNode => {
  const t = useTranslations("tokens");
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-medium">{t("scopesLabel")}</legend>
      <div className="grid gap-2">
        {tokenScopes.map((scope) => (
          <label key={scope} className="choice">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={(event) =>
                onChange(event.target.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope))
              }
            />
            <span className="py-1.5 first-letter:uppercase">
              {t(`scope.${scope}`)}
              <span className="block font-regular text-ink-3">{t(`scopeHint.${scope}`)}</span>
            </span>
          </label>
        ))}
      </div>
      <p role="alert" className="mt-1 text-13 text-failed empty:hidden">
        {problem}
      </p>
    </fieldset>
  );
};
