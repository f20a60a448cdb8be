"use client";

import { signIn } from "next-auth/react";
import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { SetUpAnswer } from "#components/access/set-up-answer.ts";

interface Trouble {
  readonly at: "name" | "password" | "repeat" | "form";
  readonly sentence: string;
}

const textAt = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

export const SetUpForm = ({
  linkKey,
  create,
}: {
  readonly linkKey: string;
  readonly create: (input: { key: string; name: string; password: string }) => Promise<SetUpAnswer>;
}): ReactNode => {
  const t = useTranslations("access");
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const troubleOf = (answer: SetUpAnswer): Trouble => {
    if (answer.result === "password") return { at: "password", sentence: answer.problem };
    if (answer.result === "name_missing") return { at: "name", sentence: t("nameMissing") };
    if (answer.result === "name_long") return { at: "name", sentence: t("nameLong") };
    return { at: "form", sentence: t("linkDead") };
  };

  const submit = async (form: FormData): Promise<Trouble | null> => {
    const [name, password] = [textAt(form, "name"), textAt(form, "password")];
    if (name.trim() === "") return { at: "name", sentence: t("nameMissing") };
    if (password !== textAt(form, "repeat")) return { at: "repeat", sentence: t("different") };
    try {
      const answer = await create({ key: linkKey, name, password });
      if (answer.result !== "created") return troubleOf(answer);
      await signIn("credentials", { redirect: false, name, password });
      globalThis.location.assign("/");
      return null;
    } catch {
      return { at: "form", sentence: t("unreachable") };
    }
  };

  const field = (
    at: Trouble["at"],
    label: string,
    properties: React.ComponentProps<"input">,
    hint?: string,
  ): ReactNode => (
    <div className="mt-4">
      <label className="block text-13 font-medium" htmlFor={`set-up-${at}`}>
        {label}
      </label>
      <input
        className="field mt-1"
        id={`set-up-${at}`}
        name={at}
        aria-invalid={trouble?.at === at}
        aria-describedby={`set-up-${at}-note`}
        required
        {...properties}
      />
      <p
        id={`set-up-${at}-note`}
        className={`mt-1 text-13 ${trouble?.at === at ? "text-failed" : "text-ink-3"}`}
        role={trouble?.at === at ? "alert" : undefined}
      >
        {trouble?.at === at ? trouble.sentence : hint}
      </p>
    </div>
  );

  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        setBusy(true);
        setTrouble(null);
        void submit(form).then((found) => {
          setTrouble(found);
          // once created, the page is on its way to the console
          if (found !== null) setBusy(false);
        });
      }}
    >
      <h1 className="text-20 font-bold">{t("setUpTitle")}</h1>
      <p className="mt-2 leading-read text-ink-2">{t("setUpIntro")}</p>
      {field("name", t("newName"), { autoComplete: "username", spellCheck: false })}
      {field("password", t("newPassword"), { type: "password", autoComplete: "new-password" }, t("passwordHint"))}
      {field("repeat", t("repeat"), { type: "password", autoComplete: "new-password" })}
      <p role="alert" className="min-h-6 text-13 text-failed">
        {trouble?.at === "form" ? trouble.sentence : null}
      </p>
      <button type="submit" className="btn btn-primary w-full" disabled={isBusy} aria-disabled={isBusy}>
        {isBusy ? t("creating") : t("create")}
      </button>
    </form>
  );
};
