import { z } from "zod";
import { errorClasses, operations, outcomes } from "#lib/event/hop-event.ts";
import { journeyStates, reasons, stepStatuses } from "#lib/journey/judgement.ts";
import { component } from "#lib/api/component.ts";
import type { JourneyAnswer, RecordAnswer, EventAnswer } from "#lib/record/record-answer.ts";

export const timeSchema = z.string().meta({ format: "date-time", description: "RFC 3339, UTC, milliseconds" });
const durationMsSchema = z.number();
const localTextSchema = z.object({ en: z.string().exactOptional(), zh: z.string().exactOptional() });
const summarySchema = z.object({ en: z.string(), zh: z.string() });
export const stateSchema = component("JourneyState", z.enum(journeyStates));
export const reasonSchema = component("Reason", z.enum(reasons));
const stepStatusSchema = component("StepStatus", z.enum(stepStatuses));

const ownersSchema = z.object({
  provides: z.string().exactOptional(),
  processes: z.string().exactOptional(),
  monitors: z.string().exactOptional(),
});

const evidenceSchema = z.object({
  kind: z.enum([
    "attempt",
    "contract",
    "last_seen",
    "watermark",
    "received",
    "sent",
    "passed",
    "per",
    "outage",
    "never_reported",
    "link",
    "field_change",
  ]),
  at: timeSchema.nullable(),
  text: summarySchema,
  ref: z.string(),
});

const verdictSchema = component(
  "Verdict",
  z.object({
    state: stateSchema,
    reason: reasonSchema.nullable(),
    step: z.string().nullable(),
    hop: z.string().nullable(),
    field: z.string().exactOptional(),
    values: z.array(z.string()).readonly().exactOptional(),
    alike: z.object({ count: z.int(), since: timeSchema, href: z.string() }).exactOptional(),
    since: timeSchema,
    dueAt: timeSchema.exactOptional(),
    lateByMs: durationMsSchema.exactOptional(),
    summary: summarySchema,
    confidence: z.enum(["high", "medium", "low"]),
    owners: ownersSchema,
    evidence: z.array(evidenceSchema).readonly(),
  }),
);

const findingSchema = z.object({
  kind: z.enum(["missing_field", "bad_format"]),
  field: z.string(),
  title: z.string().exactOptional(),
  expected: z.string(),
});
const checkSchema = z.discriminatedUnion("result", [
  z.object({ result: z.literal("ok") }),
  z.object({ result: z.literal("breached"), findings: z.array(findingSchema).readonly() }),
  z.object({ result: z.literal("unknown"), fields: z.array(z.string()).readonly() }),
]);
const maskSchema = z.object({
  rule: z.string(),
  blank: z.boolean(),
  length: z.int(),
  formats: z.array(z.string()).readonly(),
  hash: z.string(),
});

const eventSchema: z.ZodType<EventAnswer> = component(
  "Event",
  z.object({
    id: z.string(),
    source: z.string(),
    time: timeSchema,
    ingestedAt: timeSchema,
    flow: z.string().exactOptional(),
    step: z.string().exactOptional(),
    system: z.string().exactOptional(),
    point: z.string().exactOptional(),
    to: z.string().exactOptional(),
    trace: z.string().exactOptional(),
    operation: z.enum(operations),
    outcome: z.enum(outcomes),
    keys: z.record(z.string(), z.array(z.string()).readonly()),
    keysTotal: z.record(z.string(), z.int()).exactOptional(),
    attributes: z.record(z.string(), z.unknown()).exactOptional(),
    payload: z.unknown().exactOptional(),
    error: z
      .object({
        class: z.enum(errorClasses),
        field: z.string().exactOptional(),
        code: z.string().exactOptional(),
        message: z.string().exactOptional(),
      })
      .exactOptional(),
    masks: z.record(z.string(), maskSchema).exactOptional(),
    matchedStep: z.string().exactOptional(),
    backfill: z.literal(true).exactOptional(),
    checks: z.record(z.string(), checkSchema).exactOptional(),
    unmatchedReason: z.enum(["no_step", "ambiguous_step"]).exactOptional(),
  }),
);

const stepSchema = z.object({
  id: z.string(),
  system: z.string(),
  status: stepStatusSchema,
  at: timeSchema.exactOptional(),
  dueAt: timeSchema.exactOptional(),
  attempts: z.int(),
  source: z.string().exactOptional(),
});
const hopSchema = z.object({
  from: z.string(),
  to: z.string(),
  latencyMs: durationMsSchema.exactOptional(),
  queueMs: durationMsSchema.exactOptional(),
  status: stepStatusSchema,
  skewed: z.boolean(),
});
const linkSchema = z.object({
  type: z.string(),
  value: z.string(),
  masked: z.boolean(),
  related: z.array(z.object({ flow: z.string(), primary: z.string(), state: stateSchema })).readonly(),
  relatedTotal: z.int(),
});
const warningSchema = z.object({
  kind: z.enum(["contract", "clock_skew", "too_common"]),
  hop: z.string().nullable(),
  field: z.string().exactOptional(),
  text: summarySchema,
});
const contactsSchema = z.object({
  dingtalk: z.string().exactOptional(),
  feishu: z.string().exactOptional(),
  phone: z.string().exactOptional(),
  email: z.string().exactOptional(),
});
const partySchema = z.object({ title: localTextSchema.exactOptional(), contacts: contactsSchema.exactOptional() });
const namesSchema = z.object({
  primary: z.string(),
  flow: localTextSchema,
  steps: z.record(z.string(), localTextSchema),
  systems: z.record(z.string(), partySchema),
  teams: z.record(z.string(), partySchema),
  shape: z
    .array(
      z.object({
        id: z.string(),
        after: z.array(z.string()).readonly(),
        afterAny: z.array(z.string()).readonly(),
        optional: z.boolean(),
        ends: z.boolean(),
        withinMs: durationMsSchema.exactOptional(),
        needs: z
          .array(
            z.object({
              field: z.string(),
              title: z.string().exactOptional(),
              required: z.boolean(),
              expected: z.string(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
});

export const closedSchema = component(
  "Closed",
  z.object({ at: timeSchema, by: z.string(), reason: z.string() }).describe("Closed by a person; undone, it is gone"),
);

const journeySchema: z.ZodType<JourneyAnswer> = component(
  "Journey",
  z.object({
    flow: z.string(),
    primary: z.string().nullable(),
    state: stateSchema,
    verdict: verdictSchema,
    steps: z.array(stepSchema).readonly(),
    hops: z.array(hopSchema).readonly(),
    events: z.array(eventSchema).readonly().describe("Newest 200 by event time"),
    eventsTotal: z.int(),
    links: z.array(linkSchema).readonly(),
    warnings: z.array(warningSchema).readonly(),
    endedBy: z.string().exactOptional(),
    closed: closedSchema.exactOptional(),
    startedAt: timeSchema,
    lastEventAt: timeSchema,
    flowVersion: z.string(),
    names: namesSchema,
  }),
);

export const recordAnswerSchema: z.ZodType<RecordAnswer> = component(
  "Record",
  z.object({
    record: z.object({
      type: z.string(),
      value: z.string(),
      tooCommon: z.literal(true).exactOptional(),
      count: z.int().exactOptional(),
      brief: z.literal(true).exactOptional(),
      asOf: timeSchema,
    }),
    journeys: z.array(journeySchema).readonly(),
    unmatched: z.array(eventSchema).readonly(),
  }),
);
