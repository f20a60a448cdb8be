import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageLive } from "#components/shell/page-live.tsx";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";
import { FirstSteps } from "./first-steps.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("first"))("title") });

/** The first steps at any time: for a further source, or a flow for events that match none. */
const StartPage = async (): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const t = await pageText("first");
  return (
    <>
      <div className="mt-4 flex flex-wrap items-baseline gap-x-4 max-wide:mt-1">
        <h1 className="text-24 leading-tight font-bold tracking-[-0.01em]">{t("title")}</h1>
        <PageLive />
      </div>
      <FirstSteps viewer={viewer} />
    </>
  );
};

export default StartPage;
