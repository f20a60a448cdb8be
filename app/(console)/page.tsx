import type { Metadata } from "next";
import type { ReactNode } from "react";
import { CauseList } from "#components/search/cause-list.tsx";
import { DegradedNote } from "#components/search/degraded-note.tsx";
import { FlowList } from "#components/search/flow-list.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import { HomeSearch } from "#components/search/home-search.tsx";
import { ProblemList } from "#components/search/problem-list.tsx";
import { RecentList } from "#components/search/recent-list.tsx";
import { mayDo } from "#lib/access/permission.ts";
import { listRecent } from "#app/_data/list-recent.ts";
import { listRecentSearches } from "#app/_data/list-recent-searches.ts";
import { pageText } from "#app/_data/page-text.ts";
import { readFreshness } from "#app/_data/read-freshness.ts";
import { readOverview } from "#app/_data/read-overview.ts";
import { requireViewer } from "#app/_data/session.ts";
import { FirstSteps } from "./start/first-steps.tsx";
import { SamplePart } from "./start/sample-part.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("search"))("title") });

const HomePage = async (): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const [overview, recent, searches, freshness, t] = await Promise.all([
    readOverview(viewer),
    listRecent(viewer),
    listRecentSearches(viewer),
    readFreshness(viewer),
    pageText("search"),
  ]);
  const { causes, totals, total, problems } = overview;
  return (
    <>
      <div className="mt-4 mb-4 flex flex-wrap items-baseline gap-x-4 max-wide:mt-1">
        <h1 className="text-24 leading-tight font-bold tracking-[-0.01em]">{t("question")}</h1>
        <PageLive />
      </div>
      <HomeSearch hint={<RecentList records={recent} searches={searches} />}>
        {total === 0 ? (
          <FirstSteps viewer={viewer} />
        ) : (
          <>
            <SamplePart viewer={viewer} isOffered={false} />
            <DegradedNote freshness={freshness} />
            <div className="mt-6 grid grid-cols-[minmax(0,1fr)_460px] gap-x-12 max-wide:block">
              <CauseList causes={causes} totals={totals} total={total} />
              <FlowList {...overview} mayDeclare={mayDo(viewer.role, "flows.declare")} />
            </div>
          </>
        )}
        {mayDo(viewer.role, "dead_letters.read") ? <ProblemList problems={problems} /> : null}
      </HomeSearch>
    </>
  );
};

export default HomePage;
