import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { LetterView } from "#components/dead-letters/letter-view.tsx";
import { redriveDeadLetters } from "#app/_actions/redrive-dead-letters.ts";
import { findLetter } from "#app/_data/find-letter.ts";
import { pageText } from "#app/_data/page-text.ts";
import { requireViewer } from "#app/_data/session.ts";
import { letterFilters } from "../search-params.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageText("deadLetters"))("title") });

const DeadLetterPage = async ({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<unknown>;
}): Promise<ReactNode> => {
  const viewer = await requireViewer("dead_letters.read");
  const { id } = await params;
  const letter = await findLetter(viewer, id, letterFilters(await searchParams).request);
  if (letter === null) notFound();
  return <LetterView letter={letter} redrive={redriveDeadLetters} />;
};

export default DeadLetterPage;
