import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { FailuresPage } from "#components/failures/failures-page.tsx";
import { failuresHref } from "#components/failures/failures-href.ts";
import { currentConsole } from "#app/_data/console.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { pageText } from "#app/_data/page-text.ts";
import { readFailures } from "#app/_data/read-failures.ts";
import { requireViewer } from "#app/_data/session.ts";
import { failureFilters } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("failures"))("title") });

const Page = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const { clock } = await pageSetting();
  const { isLocal, given, range, ...question } = failureFilters(await searchParams, clock);
  if (isLocal) redirect(failuresHref(given, {}));
  return (
    <FailuresPage
      failures={await readFailures(viewer, question)}
      given={given}
      range={range}
      clock={clock}
      publicUrl={currentConsole().settings.publicUrl}
    />
  );
};

export default Page;
