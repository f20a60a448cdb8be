import type { Metadata } from "next";
import type { ReactNode } from "react";
import { CauseList } from "#components/search/cause-list.tsx";
import { FirstStepNote } from "#components/search/first-step-note.tsx";
import { FlowList } from "#components/search/flow-list.tsx";
import { HomeSearch } from "#components/search/home-search.tsx";
import { ProblemList } from "#components/search/problem-list.tsx";
import { RecentList } from "#components/search/recent-list.tsx";
import { mayDo } from "#lib/access/permission.ts";
import { listRecent } from "#app/_data/list-recent.ts";
import { pageText } from "#app/_data/page-text.ts";
import { readFirstStep } from "#app/_data/read-first-step.ts";
import { readOverview } from "#app/_data/read-overview.ts";
import { requireViewer } from "#app/_data/session.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("search"))("title") });

const HomePage = async (): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const [overview, recent, t] = await Promise.all([readOverview(viewer), listRecent(viewer), pageText("search")]);
  const { causes, flows, totals, total, problems } = overview;
  return (
    <>
      <h1 className="mt-4 mb-4 text-24 leading-tight font-bold tracking-[-0.01em] max-wide:mt-1">{t("question")}</h1>
      <HomeSearch hint={<RecentList records={recent} />}>
        {total === 0 ? (
          <FirstStepNote step={await readFirstStep(viewer)} />
        ) : (
          <div className="mt-6 grid grid-cols-[minmax(0,1fr)_440px] gap-x-12 max-wide:block">
            <CauseList causes={causes} totals={totals} total={total} />
            <FlowList flows={flows} totals={totals} total={total} />
          </div>
        )}
        {mayDo(viewer.role, "dead_letters.read") ? <ProblemList problems={problems} /> : null}
      </HomeSearch>
    </>
  );
};

export default HomePage;
