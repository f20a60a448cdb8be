import type { Metadata } from "next";
import type { ReactNode } from "react";
import { HomeSearch } from "#components/search/home-search.tsx";
import { SearchResults } from "#components/search/search-results.tsx";
import { pageText } from "#app/_data/page-text.ts";
import { searchRecords } from "#app/_data/search-records.ts";
import { requireViewer } from "#app/_data/session.ts";
import { searchedText } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("search"))("label") });

const SearchPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const viewer = await requireViewer("records.read");
  const text = searchedText(await searchParams);
  const answer = text === null ? null : await searchRecords(viewer, text);
  const t = await pageText("search");
  return (
    <HomeSearch key={text} initial={text ?? ""}>
      {answer === null || text === null ? (
        <h1 className="sr-only">{t("label")}</h1>
      ) : (
        <div className="mt-6">
          <SearchResults answer={answer} text={text} />
        </div>
      )}
    </HomeSearch>
  );
};

export default SearchPage;
