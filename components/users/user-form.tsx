"use client";

import Link from "next/link";
import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { formText } from "#components/ui/form-text.ts";
import { LinkNote } from "#components/users/link-note.tsx";
import type { CreateUserAnswer, HandedLink } from "#components/users/user-answer.ts";
import { roles } from "#lib/access/role.ts";

/** Makes an account; the link to hand over is shown once, in the form's place. */
export const UserForm = ({
  create,
}: {
  readonly create: (input: { name: string; role: string }) => Promise<CreateUserAnswer>;
}): ReactNode => {
  const t = useTranslations("users");
  const shell = useTranslations("shell");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [made, setMade] = useState<HandedLink | null>(null);

  const submit = async (form: FormData): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      const answer = await create({ name: formText(form, "name"), role: formText(form, "role") });
      if (answer.result === "created") setMade(answer);
      else setProblem(t(answer.result));
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };

  if (made !== null) {
    return (
      <>
        <SettingsHead title={made.name} intro={t("invited")} />
        <LinkNote made={made} />
        <p className="mt-5">
          <Link className="btn" href="/users">
            {t("back")}
          </Link>
        </p>
      </>
    );
  }
  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        void submit(new FormData(event.currentTarget));
      }}
    >
      <SettingsHead title={t("newTitle")} intro={t("newIntro")} />
      <div className="mt-5 grid max-w-120 gap-5">
        <FormField
          label={t("nameLabel")}
          name="name"
          problem={problem}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <fieldset>
          <legend className="mb-1 text-13 font-medium">{t("role")}</legend>
          <div className="grid gap-2">
            {roles.map((role) => (
              <label key={role} className="choice">
                <input type="radio" name="role" value={role} defaultChecked={role === "support"} />
                <span className="py-1.5">
                  {shell(`role.${role}`)}
                  <span className="block font-regular text-ink-3">{t(`roleHint.${role}`)}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <p role="alert" className="text-13 text-failed">
          {failed ? shell("unreachable") : null}
        </p>
        <p className="flex gap-2">
          <button type="submit" className="btn btn-primary" disabled={isBusy} aria-disabled={isBusy}>
            {isBusy ? shell("working") : t("make")}
          </button>
          <Link className="btn" href="/users">
            {shell("cancel")}
          </Link>
        </p>
      </div>
    </form>
  );
};
