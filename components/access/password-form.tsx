"use client";

import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { PasswordAnswer } from "#components/access/password-answer.ts";
import { useClock } from "#components/message/text-provider.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { formText } from "#components/ui/form-text.ts";
import { durationText } from "#lib/time-text/duration-text.ts";

interface Trouble {
  readonly at: "current" | "password" | "repeat" | "form";
  readonly sentence: string;
}

/**
 * A new password, twice; with `asksCurrent` after the one of now. A change ends every session, so the person is signed in again
 * with the new one. `next`: where that leads; null stays here.
 */
export const PasswordForm = ({
  submit,
  asksCurrent = false,
  next,
  texts,
}: {
  readonly submit: (input: { current: string; password: string }) => Promise<PasswordAnswer>;
  readonly asksCurrent?: boolean;
  readonly next: string | null;
  readonly texts: { readonly submit: string; readonly busy: string };
}): ReactNode => {
  const t = useTranslations("access");
  const { language } = useClock();
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const troubleOf = (answer: Exclude<PasswordAnswer, { result: "done" }>): Trouble => {
    switch (answer.result) {
      case "password":
        return { at: "password", sentence: answer.problem };
      case "currentWrong":
        return { at: "current", sentence: t("currentWrong") };
      case "locked":
        return { at: "current", sentence: t("locked", { duration: durationText(answer.forMs, language) }) };
      case "busy":
        return { at: "form", sentence: t("busy") };
      case "linkDead":
        return { at: "form", sentence: t("choiceDead") };
    }
  };

  const run = async (form: FormData): Promise<Trouble | null> => {
    const password = formText(form, "password");
    if (password !== formText(form, "repeat")) return { at: "repeat", sentence: t("different") };
    try {
      const answer = await submit({ current: formText(form, "current"), password });
      if (answer.result !== "done") return troubleOf(answer);
      const { signIn } = await import("next-auth/react");
      await signIn("credentials", { redirect: false, name: answer.name, password });
      if (next !== null) globalThis.location.assign(next);
      return null;
    } catch {
      return { at: "form", sentence: t("unreachable") };
    }
  };

  const problemAt = (at: Trouble["at"]): string | null => (trouble?.at === at ? trouble.sentence : null);
  return (
    <form
      method="post"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        setBusy(true);
        setTrouble(null);
        setDone(false);
        void run(new FormData(form)).then((found) => {
          setTrouble(found);
          setDone(found === null);
          if (found === null) form.reset();
          if (found !== null || next === null) setBusy(false);
        });
      }}
    >
      {asksCurrent ? (
        <FormField
          label={t("current")}
          name="current"
          type="password"
          autoComplete="current-password"
          problem={problemAt("current")}
        />
      ) : null}
      <FormField
        label={t("newPassword")}
        name="password"
        type="password"
        autoComplete="new-password"
        hint={t("passwordHint")}
        problem={problemAt("password")}
      />
      <FormField
        label={t("repeat")}
        name="repeat"
        type="password"
        autoComplete="new-password"
        problem={problemAt("repeat")}
      />
      <p role="alert" className="text-13 text-failed empty:hidden">
        {problemAt("form")}
      </p>
      <p className="flex flex-wrap items-center gap-3">
        <button
          type="submit"
          className={`btn ${asksCurrent ? "" : "btn-primary w-full"}`}
          disabled={isBusy}
          aria-disabled={isBusy}
        >
          {isBusy ? texts.busy : texts.submit}
        </button>
        <output className="text-13 text-ok">{isDone && next === null ? t("changed") : ""}</output>
      </p>
    </form>
  );
};
