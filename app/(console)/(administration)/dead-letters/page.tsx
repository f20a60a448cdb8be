import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LetterListView } from "#components/dead-letters/letter-list-view.tsx";
import { redriveDeadLetters } from "#app/_actions/redrive-dead-letters.ts";
import { listLetters } from "#app/_data/list-letters.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";
import { letterFilters } from "./search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("deadLetters"))("title") });

const DeadLettersPage = async ({ searchParams }: { readonly searchParams: Promise<unknown> }): Promise<ReactNode> => {
  const viewer = await requireViewer("dead_letters.read");
  const given = letterFilters(await searchParams);
  const list = await listLetters(viewer, given);
  if (list !== null) return <LetterListView list={list} given={given} redrive={redriveDeadLetters} />;
  const { cursor: _cursor, ...first } = given;
  const again = await listLetters(viewer, first);
  return again && <LetterListView list={again} given={first} hasBadCursor redrive={redriveDeadLetters} />;
};

export default DeadLettersPage;
