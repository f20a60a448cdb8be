import { z } from "zod";
import { component } from "#lib/api/component.ts";
import { flagParameter, limitParameter, textParameter } from "#lib/api/query.ts";
import { timeSchema } from "#lib/api/record-schema.ts";
import { rejectReasons } from "#lib/event/reject-reason.ts";

export const sourcesAnswerSchema = component(
  "Sources",
  z.object({
    items: z
      .array(
        z.object({
          source: z.string(),
          watermark: timeSchema.nullable().describe("Event time up to which everything is believed seen"),
          silent: z.boolean().describe("Nothing came for longer than its declared `silentAfter`"),
          newestEventAt: timeSchema.nullable(),
          heartbeatAt: timeSchema.nullable(),
          lastSeenAt: timeSchema.nullable(),
          acceptedTotal: z.int(),
          duplicateTotal: z.int(),
          rejectedTotal: z.int(),
          unmatchedTotal: z.int().describe("Of the accepted: at no step of any flow when they came"),
          ratePerMinute: z.number().nullable().describe("Accepted over the last hour; null: none"),
          silentAfterMs: z.number().exactOptional(),
          delayMs: z.number().exactOptional(),
          steps: z
            .array(z.object({ flow: z.string(), step: z.string(), newestEventAt: timeSchema }))
            .readonly()
            .describe("Steps it has reported"),
        }),
      )
      .readonly(),
  }),
);
export type SourcesAnswer = z.infer<typeof sourcesAnswerSchema>;

export const deadLettersQuery = z.object({
  reason: z.enum(rejectReasons).optional(),
  source: textParameter.optional(),
  open: flagParameter.optional(),
  cursor: textParameter.optional(),
  limit: limitParameter(500, 50),
});
export type DeadLettersQuery = z.infer<typeof deadLettersQuery>;

export const deadLettersAnswerSchema = component(
  "DeadLetters",
  z.object({
    items: z
      .array(
        z.object({
          id: z.string(),
          reason: z.enum(rejectReasons),
          path: z.string().describe("JSON pointer to the offending place"),
          source: z.string().nullable(),
          text: z.string().describe("As sent, personal data masked, at most 64 KiB"),
          cut: z.boolean(),
          receivedAt: timeSchema,
          redrivenAt: timeSchema.nullable(),
        }),
      )
      .readonly(),
    next: z.string().nullable(),
  }),
);
export type DeadLettersAnswer = z.infer<typeof deadLettersAnswerSchema>;
