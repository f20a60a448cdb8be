import type { Metadata } from "next";
import type { ReactNode } from "react";
import { FlowTable } from "#components/flows/flow-table.tsx";
import { flowViewOf } from "#components/flows/flow-view.ts";
import { ProblemFiles } from "#components/flows/problem-files.tsx";
import { listFlowLines, readProblemFiles } from "#app/_data/read-flow-lines.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";
import { shownFile } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("flows"))("title") });

const FlowsPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const { clock } = await pageSetting();
  const view = flowViewOf(clock);
  const [lines, files] = await Promise.all([
    listFlowLines(viewer),
    readProblemFiles(viewer, shownFile(await searchParams)),
  ]);
  return (
    <>
      <FlowTable lines={lines} view={view} />
      <ProblemFiles {...files} view={view} />
    </>
  );
};

export default FlowsPage;
