import { redirect } from "next/navigation";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SetUpForm } from "#components/access/set-up-form.tsx";
import { EntryFrame } from "#components/shell/entry-frame.tsx";
import { createAdministrator } from "#app/_actions/create-administrator.ts";
import { saveLanguage } from "#app/_actions/save-language.ts";
import { saveTheme } from "#app/_actions/save-theme.ts";
import { isSetUp } from "#app/_data/is-set-up.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { pageText } from "#app/_data/page-text.ts";
import { linkKey } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("access"))("setUpTitle") });

const SetUpPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const key = linkKey(await searchParams);
  if (key === null || (await isSetUp())) redirect("/sign-in");
  const { theme } = await pageSetting();
  return (
    <EntryFrame theme={theme} saveLanguage={saveLanguage} saveTheme={saveTheme}>
      <SetUpForm linkKey={key} create={createAdministrator} />
    </EntryFrame>
  );
};

export default SetUpPage;
