import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ReadError } from "#lib/api/problem.ts";
import { toRecordQuestion } from "#app/api/_route/record-question.ts";
import { findRecordPage } from "#app/_data/find-record-page.ts";
import { pageSetting } from "#app/_data/page-setting.ts";
import { requireViewer } from "#app/_data/session.ts";
import { chosenJourney, recordChoice } from "./search-params.ts";

/** The key in the address; what is no key has no page. */
function questionOf(type: string, value: string) {
  try {
    return toRecordQuestion(decodeURIComponent(type), decodeURIComponent(value), false);
  } catch (error) {
    if (error instanceof ReadError || error instanceof URIError) notFound();
    throw error;
  }
}

/** Once a request, for the title, the page and what stands in its place where nothing is found. */
export const loadRecord = cache(async (type: string, value: string, search: string) => {
  const viewer = await requireViewer("records.read");
  const question = questionOf(type, value);
  const choice = recordChoice(JSON.parse(search));
  const found = await findRecordPage(viewer, question, (journeys) => chosenJourney(journeys, choice));
  return { viewer, question, choice, found, clock: (await pageSetting()).clock };
});
