import { headers } from "next/headers";
import type { ReactNode } from "react";
import { SearchResults } from "#components/search/search-results.tsx";
import { NotFoundNote } from "#components/shell/not-found-note.tsx";
import { loadRecord } from "./load-record.ts";
import { keyOfPath } from "./search-params.ts";

/** Answered with 404: what a search for the key of the address comes to, where no record has it. */
const NothingFound = async (): Promise<ReactNode> => {
  const key = keyOfPath((await headers()).get("x-hopline-path") ?? "");
  if (key === null) return <NotFoundNote />;
  const { found, question } = await loadRecord(key.type, key.value, key.search);
  return found.answer === null ? <SearchResults answer={found.search} text={question.value} /> : <NotFoundNote />;
};

export default NothingFound;
