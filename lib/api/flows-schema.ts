import { z } from "zod";
import { component } from "#lib/api/component.ts";
import { bucketParameter, textParameter, timeParameter } from "#lib/api/query.ts";
import { timeSchema } from "#lib/api/record-schema.ts";
import { roles } from "#lib/access/role.ts";
import { journeyStates } from "#lib/journey/judgement.ts";

export const noQuery = z.object({});

const localText = z.object({ en: z.string().exactOptional(), zh: z.string().exactOptional() });
const countsSchema = z.object(Object.fromEntries(journeyStates.map((state) => [state, z.int()])));

const declaredStepSchema = component(
  "DeclaredStep",
  z.object({
    id: z.string(),
    system: z.string(),
    title: localText.exactOptional(),
    point: z.string().exactOptional(),
    after: z.array(z.string()).readonly(),
    afterAny: z.array(z.string()).readonly(),
    withinMs: z.number().exactOptional(),
    calendar: z.string().exactOptional(),
    per: z.string().exactOptional(),
    optional: z.boolean(),
    ends: z.boolean(),
    sends: z.boolean(),
    strict: z.boolean(),
    sources: z.array(z.string()).readonly(),
    owners: z.object({
      provides: z.string().exactOptional(),
      processes: z.string().exactOptional(),
      monitors: z.string().exactOptional(),
    }),
    contract: z.string().exactOptional().describe("File, or `inline`"),
    when: z.string().exactOptional().describe("File, or `inline`"),
  }),
);

const flowMembers = {
  flow: z.string(),
  title: localText.exactOptional(),
  active: z.boolean().describe("Whether a file or the console still declares it"),
  version: z.string().describe("Content hash of the version saved last"),
  savedAt: timeSchema,
  declaredIn: z.enum(["file", "console"]),
  visibleTo: z.array(z.enum(roles)).readonly().exactOptional(),
  primary: z.string(),
  aliases: z.array(z.string()).readonly(),
  searchable: z.array(z.string()).readonly(),
  steps: z.array(declaredStepSchema).readonly(),
  counts: countsSchema.describe("Journeys by state"),
};

const flowSchema = component("Flow", z.object(flowMembers));
export type FlowAnswer = z.infer<typeof flowSchema>;

export const flowsAnswerSchema = component("Flows", z.object({ flows: z.array(flowSchema).readonly() }));
export type FlowsAnswer = z.infer<typeof flowsAnswerSchema>;

export const flowDetailSchema = component(
  "FlowDetail",
  z.object({
    ...flowMembers,
    text: z.string().describe("The YAML as written"),
    objectives: z
      .array(
        z.object({
          sli: z.enum(["latency", "completeness"]),
          from: z.string().exactOptional(),
          to: z.string().exactOptional(),
          thresholdMs: z.number().exactOptional(),
          target: z.number().describe("0 to 1"),
          windowMs: z.number(),
        }),
      )
      .readonly(),
    versions: z
      .array(
        z.object({
          version: z.string(),
          from: timeSchema.nullable().describe("Judges journeys that start at or after this; null: always"),
          savedAt: timeSchema,
          declaredIn: z.enum(["file", "console"]),
        }),
      )
      .readonly(),
  }),
);
export type FlowDetail = z.infer<typeof flowDetailSchema>;

export const latencyQuery = z.object({
  from: timeParameter.optional(),
  to: timeParameter.optional(),
  hop: textParameter.optional(),
  bucket: bucketParameter.optional(),
});
export type LatencyQuestion = z.infer<typeof latencyQuery>;

const percentileSchema = z.number().nullable();
export const latencyAnswerSchema = component(
  "Latency",
  z.object({
    flow: z.string(),
    from: timeSchema,
    to: timeSchema,
    bucketMs: z.number().nullable().describe("null: one bucket over everything"),
    hops: z
      .array(
        z.object({
          hop: z.string().describe("`from..to`, or `end_to_end`"),
          buckets: z
            .array(
              z.object({
                at: timeSchema,
                count: z.int().describe("Latencies the percentiles are of"),
                skewedCount: z.int().describe("Negative latencies, left out of the percentiles"),
                p50Ms: percentileSchema,
                p95Ms: percentileSchema,
                p99Ms: percentileSchema,
                exact: z.boolean().describe("false: percentiles are within 1 %"),
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
  }),
);
export type LatencyAnswer = z.infer<typeof latencyAnswerSchema>;
