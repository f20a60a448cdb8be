import { z } from "zod";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { recordPath } from "#lib/search/search-answer.ts";

/** What is chosen on a record's page: all of it stands in the address. */
export interface RecordChoice {
  /** One of several journeys: its flow, and its primary where the key leads to several of one flow. */
  readonly flow?: string;
  readonly primary?: string;
  readonly allSteps: boolean;
  readonly allFields: boolean;
  readonly allEvents: boolean;
  /** The key of the record to compare with; `auto`: one that got through. */
  readonly compare?: string;
  /** The form that is open. */
  readonly open?: "close";
}

const text = z.string().min(1).max(600).optional().catch(undefined);
const all = z
  .literal("all")
  .optional()
  .catch(undefined)
  .transform((value) => value === "all");
const form = z.literal("close").optional().catch(undefined);
const schema = z.object({ flow: text, primary: text, steps: all, fields: all, events: all, compare: text, open: form });

/** A part of the address that is no good is left out. */
export function recordChoice(searchParams: unknown): RecordChoice {
  const { flow, primary, steps, fields, events, compare, open } = schema.parse(searchParams);
  return {
    ...(flow === undefined ? {} : { flow }),
    ...(primary === undefined ? {} : { primary }),
    allSteps: steps,
    allFields: fields,
    allEvents: events,
    ...(compare === undefined ? {} : { compare }),
    ...(open === undefined ? {} : { open }),
  };
}

/** What is chosen, as it stands in the address. */
export function choiceQuery(choice: Partial<RecordChoice>): URLSearchParams {
  const query = new URLSearchParams();
  if (choice.flow !== undefined) query.set("flow", choice.flow);
  if (choice.primary !== undefined) query.set("primary", choice.primary);
  if (choice.allSteps === true) query.set("steps", "all");
  if (choice.allFields === true) query.set("fields", "all");
  if (choice.allEvents === true) query.set("events", "all");
  if (choice.compare !== undefined) query.set("compare", choice.compare);
  if (choice.open !== undefined) query.set("open", choice.open);
  return query;
}

export function href(type: string, value: string, choice: Partial<RecordChoice> = {}): string {
  const query = choiceQuery(choice);
  return recordPath(type, value) + (query.size === 0 ? "" : `?${query.toString()}`);
}

/** Parameters as one text, so that a loader is asked the same once a request; parts given twice and of the framework are left out. */
export function searchText(searchParams: unknown): string {
  const given = Object.entries(typeof searchParams === "object" && searchParams !== null ? searchParams : {});
  const known = given.filter(([name, value]) => name in schema.shape && typeof value === "string");
  return JSON.stringify(Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** The key of a record's address as the page is given it, still escaped; null for any other address. */
export function keyOfPath(
  path: string,
): { readonly type: string; readonly value: string; readonly search: string } | null {
  const [place = "", query = ""] = path.split("?", 2);
  const [, room, type, value, ...rest] = place.split("/");
  if (room !== "record" || type === undefined || value === undefined || rest.length > 0) return null;
  return { type, value, search: searchText(Object.fromEntries(new URLSearchParams(query))) };
}

/** The journey that was chosen, else the worst, which stands first. */
export function chosenJourney(journeys: readonly JourneyAnswer[], { flow, primary }: RecordChoice): number {
  const found = journeys.findIndex(
    (journey) =>
      (flow === undefined || journey.flow === flow) && (primary === undefined || journey.primary === primary),
  );
  return Math.max(found, 0);
}

/** Which of several journeys; nothing where there is only one. */
export const choiceOf = (journeys: readonly JourneyAnswer[], journey: JourneyAnswer): Partial<RecordChoice> => {
  if (journeys.length < 2) return {};
  const ofFlow = journeys.filter((each) => each.flow === journey.flow);
  return { flow: journey.flow, ...(ofFlow.length > 1 && journey.primary !== null && { primary: journey.primary }) };
};
