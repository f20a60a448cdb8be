"use client";

import Link from "next/link";
import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import { MadeTokenNote } from "#components/tokens/made-token-note.tsx";
import { ScopeField } from "#components/tokens/scope-field.tsx";
import type { CreateTokenAnswer, MadeToken, TokenInput } from "#components/tokens/token-answer.ts";
import { FormField } from "#components/ui/form-field.tsx";
import { formText } from "#components/ui/form-text.ts";
import { roles } from "#lib/access/role.ts";
import type { TokenScope } from "#lib/access/token-scope.ts";

type Problem = Exclude<CreateTokenAnswer["result"], "created">;
const expiries = [30, 90, 365] as const;

/** Makes a token; it is shown once, in the form's place. */
export const TokenForm = ({
  create,
}: {
  readonly create: (input: TokenInput) => Promise<CreateTokenAnswer>;
}): ReactNode => {
  const t = useTranslations("tokens");
  const shell = useTranslations("shell");
  const [scopes, setScopes] = useState<readonly TokenScope[]>(["ingest"]);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | "unreachable" | null>(null);
  const [made, setMade] = useState<MadeToken | null>(null);

  const submit = async (form: FormData): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const text = (name: string): string => formText(form, name);
    try {
      const answer = await create({
        name: text("name"),
        scopes,
        role: text("role") === "" ? "support" : text("role"),
        sources: text("sources"),
        systems: text("systems"),
        days: text("days"),
      });
      if (answer.result === "created") setMade(answer);
      else setProblem(answer.result);
    } catch {
      setProblem("unreachable");
    }
    setBusy(false);
  };

  if (made !== null) return <MadeTokenNote made={made} />;
  const long = (at: Problem): string | null => (problem === at ? t("listLong") : null);
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <SettingsHead title={t("newTitle")} intro={t("newIntro")} />
      <div className="mt-5 grid max-w-120 gap-5">
        <FormField
          label={t("name")}
          name="name"
          hint={t("nameHint")}
          problem={problem === "nameMissing" || problem === "nameLong" ? t(problem) : null}
          autoComplete="off"
        />
        <ScopeField
          scopes={scopes}
          problem={problem === "scopesMissing" ? t("scopesMissing") : null}
          onChange={setScopes}
        />
        {scopes.includes("ingest") ? (
          <>
            <FormField
              label={t("sourcesLabel")}
              name="sources"
              hint={t("sourcesHint")}
              problem={long("sourcesLong")}
              spellCheck={false}
            />
            <FormField
              label={t("systemsLabel")}
              name="systems"
              hint={t("systemsHint")}
              problem={long("systemsLong")}
              spellCheck={false}
            />
          </>
        ) : null}
        {scopes.includes("read") ? (
          <label className="block text-13 font-medium">
            {t("roleLabel")}
            <select className="field mt-1" name="role" defaultValue="support">
              {roles.map((role) => (
                <option key={role} value={role}>
                  {shell(`role.${role}`)}
                </option>
              ))}
            </select>
            <span className="mt-1 block font-regular text-ink-3">{t("roleHint")}</span>
          </label>
        ) : null}
        <label className="block text-13 font-medium">
          {t("expiryLabel")}
          <select className="field mt-1" name="days" defaultValue="365">
            {expiries.map((count) => (
              <option key={count} value={count}>
                {t("days", { count })}
              </option>
            ))}
            <option value="">{t("never")}</option>
          </select>
        </label>
        <p role="alert" className="text-13 text-failed empty:hidden">
          {problem === "unreachable" ? shell("unreachable") : null}
        </p>
        <p className="flex gap-2">
          <button type="submit" className="btn btn-primary" disabled={isBusy} aria-disabled={isBusy}>
            {isBusy ? shell("working") : t("make")}
          </button>
          <Link className="btn" href="/tokens">
            {shell("cancel")}
          </Link>
        </p>
      </div>
    </form>
  );
};
