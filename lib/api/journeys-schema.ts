import { z } from "zod";
import { component } from "#lib/api/component.ts";
import {
  bucketParameter,
  flagParameter,
  limitParameter,
  listParameter,
  textParameter,
  timeParameter,
} from "#lib/api/query.ts";
import { closedSchema, reasonSchema, stateSchema, timeSchema } from "#lib/api/record-schema.ts";
import { failureGroups } from "#lib/journey/failure-group.ts";
import { journeyStates, reasons } from "#lib/journey/judgement.ts";
import { errorClasses } from "#lib/event/hop-event.ts";

/** What a verdict may name or not. */
export const verdictParts = ["class", "field", "system", "point", "signature"] as const;

export const journeysQuery = z.object({
  flow: textParameter.optional(),
  state: listParameter(journeyStates).optional(),
  step: textParameter.optional(),
  reason: z.enum(reasons).optional(),
  class: z.enum(errorClasses).optional(),
  field: textParameter.optional(),
  system: textParameter.optional(),
  point: textParameter.optional(),
  signature: textParameter.optional(),
  from: timeParameter.optional(),
  to: timeParameter.optional(),
  sinceFrom: timeParameter.optional(),
  sinceTo: timeParameter.optional(),
  without: listParameter(verdictParts).optional(),
  q: textParameter.optional(),
  closed: flagParameter
    .optional()
    .describe(
      "`true`: only journeys that people closed by hand and that are not completed; others are listed without them",
    ),
  cursor: textParameter.optional(),
  limit: limitParameter(500, 50),
});
export type JourneysQuery = z.infer<typeof journeysQuery>;
/** What is asked for, wherever in the list one stands. */
export type JourneyFilter = Omit<JourneysQuery, "cursor" | "limit">;

export const journeysExportQuery = journeysQuery.omit({ cursor: true, limit: true });

const listedJourneySchema = component(
  "ListedJourney",
  z.object({
    flow: z.string(),
    primary: z.string(),
    state: stateSchema,
    reason: reasonSchema.nullable(),
    step: z.string().nullable(),
    system: z.string().nullable(),
    hop: z.string().nullable(),
    class: z.enum(errorClasses).exactOptional(),
    field: z.string().exactOptional(),
    point: z.string().exactOptional(),
    since: timeSchema,
    dueAt: timeSchema.exactOptional(),
    lateByMs: z.number().exactOptional(),
    startedAt: timeSchema,
    lastEventAt: timeSchema,
    eventsTotal: z.int(),
    endedBy: z.string().exactOptional(),
    reached: z.string().exactOptional().describe("In progress: the step a hop led to last"),
    awaited: z.string().exactOptional().describe("In progress: the step that is due next"),
    backfill: z.literal(true).exactOptional(),
    closed: closedSchema.exactOptional(),
  }),
);
export type ListedJourney = z.infer<typeof listedJourneySchema>;

const nextSchema = z.string().nullable().describe("Cursor of the next page; null: this was the last");

export const journeysAnswerSchema = component(
  "Journeys",
  z.object({ items: z.array(listedJourneySchema).readonly(), next: nextSchema }),
);
export type JourneysAnswer = z.infer<typeof journeysAnswerSchema>;

export const failuresQuery = z.object({
  from: timeParameter.optional(),
  to: timeParameter.optional(),
  group: listParameter(failureGroups).optional(),
  flow: textParameter.optional(),
  attempts: flagParameter.optional(),
  bucket: bucketParameter.optional(),
  limit: limitParameter(500, 100),
});
export type FailuresQuery = z.infer<typeof failuresQuery>;

const sampleSchema = z.object({ flow: z.string(), primary: z.string() });
const groupMembers = Object.fromEntries(failureGroups.map((group) => [group, z.string().nullable().exactOptional()]));

export const failuresAnswerSchema = component(
  "Failures",
  z.object({
    from: timeSchema,
    to: timeSchema,
    bucketMs: z.number().exactOptional(),
    groups: z
      .array(
        z.object({
          group: z.object(groupMembers).describe("One member a group asked for; null where there is none"),
          count: z.int(),
          firstAt: timeSchema,
          lastAt: timeSchema,
          samples: z.array(sampleSchema).readonly().describe("Newest first, at most 5"),
          buckets: z
            .array(z.object({ at: timeSchema, count: z.int() }))
            .readonly()
            .exactOptional()
            .describe("Where `bucket` was asked for: counts by start of the bucket, empty ones left out"),
        }),
      )
      .readonly(),
    total: z.int().describe("Sum of the counts listed"),
    truncated: z.boolean().describe("More groups or events exist than were counted"),
  }),
);
export type FailuresAnswer = z.infer<typeof failuresAnswerSchema>;
