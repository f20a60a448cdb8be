import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { FlowPage } from "#components/flows/flow-page.tsx";
import { pageSetting } from "#app/_data/page-setting.ts";
import { pageText } from "#app/_data/page-text.ts";
import { readFlowFigures } from "#app/_data/read-flow-figures.ts";
import { requireViewer } from "#app/_data/session.ts";
import { askedFlow } from "./search-params.ts";

interface Props {
  readonly params: Promise<{ readonly flow: string }>;
  readonly searchParams: Promise<unknown>;
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `${(await params).flow} · ${(await pageText("flows"))("title")}`,
});

const OneFlowPage = async ({ params, searchParams }: Props): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const { clock } = await pageSetting();
  const asked = askedFlow(await searchParams, clock);
  const figures = await readFlowFigures(viewer, (await params).flow, asked);
  if (figures === null) notFound();
  return <FlowPage figures={figures} asked={asked} clock={clock} />;
};

export default OneFlowPage;
