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
}

const text = z.string().min(1).max(600).optional().catch(undefined);
const all = z
  .literal("all")
  .optional()
  .catch(undefined)
  .transform((value) => value === "all");
const schema = z.object({ flow: text, primary: text, steps: all, fields: all, events: all });

/** A part of the address that is no good is left out. */
export function recordChoice(searchParams: unknown): RecordChoice {
  const { flow, primary, steps, fields, events } = schema.parse(searchParams);
  return {
    ...(flow === undefined ? {} : { flow }),
    ...(primary === undefined ? {} : { primary }),
    allSteps: steps,
    allFields: fields,
    allEvents: events,
  };
}

export function href(type: string, value: string, choice: Partial<RecordChoice> = {}): string {
  const query = new URLSearchParams();
  if (choice.flow !== undefined) query.set("flow", choice.flow);
  if (choice.primary !== undefined) query.set("primary", choice.primary);
  if (choice.allSteps === true) query.set("steps", "all");
  if (choice.allFields === true) query.set("fields", "all");
  if (choice.allEvents === true) query.set("events", "all");
  return recordPath(type, value) + (query.size === 0 ? "" : `?${query.toString()}`);
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
