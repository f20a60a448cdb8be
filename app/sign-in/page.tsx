import { redirect } from "next/navigation";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { NotSetUp } from "#components/access/not-set-up.tsx";
import { SignInForm } from "#components/access/sign-in-form.tsx";
import { EntryFrame } from "#components/shell/entry-frame.tsx";
import { isSetUp } from "#app/_data/is-set-up.ts";
import { pageText } from "#app/_data/page-text.ts";
import { currentViewer } from "#app/_data/session.ts";
import { saveLanguage } from "#app/_actions/save-language.ts";
import { saveTheme } from "#app/_actions/save-theme.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { nextPath } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("access"))("signInTitle") });

const SignInPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const next = nextPath(await searchParams);
  if ((await currentViewer()) !== null) redirect(next);
  const { theme } = await pageSetting();
  return (
    <EntryFrame theme={theme} saveLanguage={saveLanguage} saveTheme={saveTheme}>
      {(await isSetUp()) ? <SignInForm next={next} /> : <NotSetUp />}
    </EntryFrame>
  );
};

export default SignInPage;
