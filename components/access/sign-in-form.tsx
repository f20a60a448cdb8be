"use client";

import { signIn } from "next-auth/react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { durationText } from "#lib/time-text/duration-text.ts";

type Trouble =
  | { readonly kind: "wrong" | "busy" | "unreachable" | "missing" }
  | { readonly kind: "locked"; readonly forMs: number };

/** next-auth hands the reason over as text: `wrong`, `busy`, or `locked:` and the moment it ends. */
const troubleOf = (error: string): Trouble => {
  if (error === "busy") return { kind: "busy" };
  const until = /^locked:(\d+)$/.exec(error)?.[1];
  return until === undefined
    ? { kind: "wrong" }
    : { kind: "locked", forMs: Math.max(1_000, Number(until) - Date.now()) };
};

export const SignInForm = ({ next }: { readonly next: string }): ReactNode => {
  const t = useTranslations("access");
  const { language } = useClock();
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useEffect(() => nameField.current?.focus(), []);

  const attempt = async (form: FormData): Promise<void> => {
    const [name, password] = [form.get("name"), form.get("password")];
    if (typeof name !== "string" || typeof password !== "string" || name.trim() === "" || password === "") {
      setTrouble({ kind: "missing" });
      return;
    }
    setBusy(true);
    setTrouble(null);
    try {
      const answer = await signIn("credentials", { redirect: false, name, password });
      if (answer?.ok === true && !answer.error) {
        // a whole load, so that nothing of before is left on the page
        globalThis.location.assign(next);
        return;
      }
      setTrouble(troubleOf(answer?.error ?? ""));
    } catch {
      setTrouble({ kind: "unreachable" });
    }
    setBusy(false);
    passwordField.current?.select();
  };

  const sentence =
    trouble?.kind === "locked"
      ? t("locked", { duration: durationText(trouble.forMs, language) })
      : trouble && t(trouble.kind);
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(new FormData(event.currentTarget));
      }}
      noValidate
    >
      <h1 className="text-20 font-bold">{t("signInTitle")}</h1>
      <label className="mt-5 block text-13 font-medium">
        {t("name")}
        <input
          ref={nameField}
          className="field mt-1"
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      </label>
      <label className="mt-4 block text-13 font-medium">
        {t("password")}
        <input
          ref={passwordField}
          className="field mt-1"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={trouble?.kind === "wrong"}
          aria-describedby="sign-in-trouble"
        />
      </label>
      <p id="sign-in-trouble" role="alert" className="mt-3 min-h-6 text-13 text-failed">
        {sentence}
      </p>
      <button type="submit" className="btn btn-primary mt-1 w-full" aria-disabled={isBusy} disabled={isBusy}>
        {isBusy ? t("signingIn") : t("signIn")}
      </button>
    </form>
  );
};
