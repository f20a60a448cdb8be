import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SourceList } from "#components/sources/source-list.tsx";
import { listSourceLines } from "#app/_data/list-source-lines.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("sources"))("title") });

const SourcesPage = async (): Promise<ReactNode> => {
  const viewer = await requireViewer("sources.read");
  return <SourceList {...await listSourceLines(viewer)} />;
};

export default SourcesPage;
