import { z } from "zod";
import { component } from "#lib/api/component.ts";
import { closedSchema, reasonSchema, stateSchema, timeSchema } from "#lib/api/record-schema.ts";
import { textParameter } from "#lib/api/query.ts";
import { watchedTopics } from "#lib/api/watched-topic.ts";
import { maxLookUpKeys } from "#lib/search/look-up-line.ts";

const keyTypeParameter = textParameter.describe("Key type; `_` searches every type");
const keyValueParameter = textParameter.describe("The whole value, as it was sent");

/** `value` is no `textParameter` that may be left out: an empty one names no record. */
export const recordQuery = z.object({ type: keyTypeParameter.default("_"), value: keyValueParameter });

/** Without a record: the overview, or what a page of the console shows. */
export const streamQuery = z.object({
  ...recordQuery.partial().shape,
  of: z.enum(watchedTopics).optional().describe("What a page of the console shows, where it is no record"),
});

/** The same question in a body, for values of searchable types (a phone number), which never stand in an address. */
export const recordBody = component("RecordQuestion", recordQuery);

export const lookUpBody = component(
  "LookUpQuestion",
  z.object({ keys: z.array(textParameter).min(1).max(maxLookUpKeys).describe("Values of any type, as pasted") }),
);

const foundJourneySchema = z.object({
  flow: z.string(),
  type: z.string().describe("Type of the primary key"),
  primary: z.string().nullable(),
  state: stateSchema,
  reason: reasonSchema.nullable(),
  step: z.string().nullable(),
  field: z.string().exactOptional(),
  since: timeSchema,
  dueAt: timeSchema.exactOptional(),
  lateByMs: z.number().exactOptional(),
  summary: z.object({ en: z.string(), zh: z.string() }),
  closed: closedSchema.exactOptional(),
});
export type FoundJourney = z.infer<typeof foundJourneySchema>;

export const lookUpAnswerSchema = component(
  "LookUpAnswer",
  z.object({
    items: z
      .array(
        z.object({
          key: z.string().describe("As asked"),
          found: z.boolean(),
          tooCommon: z.literal(true).exactOptional(),
          count: z.int().exactOptional().describe("Records a too common key leads to"),
          unmatched: z.int().describe("Events that carry it and match no step; counted where it leads to no journey"),
          journeys: z.array(foundJourneySchema).readonly().describe("Worst first, at most 50 a flow"),
        }),
      )
      .readonly()
      .describe("One a key, in the order asked"),
  }),
);
export type LookUpAnswer = z.infer<typeof lookUpAnswerSchema>;
