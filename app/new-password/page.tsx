import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ChoosePassword } from "#components/access/choose-password.tsx";
import { EntryFrame } from "#components/shell/entry-frame.tsx";
import { saveLanguage } from "#app/_actions/save-language.ts";
import { saveTheme } from "#app/_actions/save-theme.ts";
import { choosePassword } from "#app/_actions/choose-password.ts";
import { findPasswordLink } from "#app/_data/find-password-link.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { pageText } from "#app/_data/page-text.ts";
import { linkKey } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("access"))("chooseTitle") });

const NewPasswordPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const key = linkKey(await searchParams);
  if (key === null) redirect("/sign-in");
  const { theme } = await pageSetting();
  return (
    <EntryFrame theme={theme} saveLanguage={saveLanguage} saveTheme={saveTheme}>
      <ChoosePassword linkKey={key} name={await findPasswordLink(key)} choose={choosePassword} />
    </EntryFrame>
  );
};

export default NewPasswordPage;
