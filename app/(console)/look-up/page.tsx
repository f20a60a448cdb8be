import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LookUpPage } from "#components/look-up/look-up-page.tsx";
import { lookUpMessages } from "#components/message/client-messages.ts";
import { PageTexts } from "#components/message/text-provider.tsx";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("lookUp"))("title") });

const LookUpManyPage = async (): Promise<ReactNode> => {
  const { language } = await requireViewer("records.read");
  return (
    <PageTexts messages={lookUpMessages(language)}>
      <LookUpPage />
    </PageTexts>
  );
};

export default LookUpManyPage;
