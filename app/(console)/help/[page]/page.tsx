import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { HelpArticle, helpTexts } from "#components/help/help-article.tsx";
import { toHelpPage } from "#lib/help/help-page.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { requireViewer } from "#app/_data/session.ts";

interface HelpParams {
  readonly params: Promise<{ readonly page: string }>;
}

export const generateMetadata = async ({ params }: HelpParams): Promise<Metadata> => {
  const page = toHelpPage((await params).page);
  const { heading, pages } = helpTexts((await pageSetting()).clock.language);
  return { title: page === null ? heading : `${pages[page].title} · ${heading}` };
};

const HelpPageOf = async ({ params }: HelpParams): Promise<ReactNode> => {
  const { language } = await requireViewer("records.read");
  const page = toHelpPage((await params).page);
  if (page === null) notFound();
  return <HelpArticle page={page} language={language} />;
};

export default HelpPageOf;
