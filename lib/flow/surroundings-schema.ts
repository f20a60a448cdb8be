import { durationPart, idPart, titlePart } from "#lib/declaration/schema-part.ts";

const contact = (description: string, example: string) =>
  ({ type: ["string", "number"], description, examples: [example] }) as const;

export const partySchema = {
  type: "object",
  properties: {
    title: titlePart,
    contacts: {
      type: "object",
      properties: {
        dingtalk: contact("a DingTalk group or user", "finance-on-call"),
        feishu: contact("a Feishu group or user", "finance-on-call"),
        phone: contact("a phone number", "021-55550000"),
        email: contact("a mail address", "finance@example.com"),
      },
      additionalProperties: false,
      description: "contacts",
      examples: ["{ phone: 021-55550000 }"],
    },
  },
  additionalProperties: false,
  description: "a title and contacts",
  examples: ["{ title: { en: Finance, zh: 财务 }, contacts: { phone: 021-55550000 } }"],
} as const;

export const sourceSchema = {
  type: "object",
  properties: {
    silentAfter: { ...durationPart, examples: ["26h"] },
    delay: { ...durationPart, examples: ["5m"] },
  },
  additionalProperties: false,
  description: "what is known of a source",
  examples: ["{ silentAfter: 26h, delay: 5m }"],
} as const;

const dialect = "https://json-schema.org/draft/2020-12/schema";

/** The published JSON Schemas of the files beside the flows. Each maps ids to what is known of them. */
export const systemsSchema = {
  $schema: dialect,
  $id: "urn:hopline:systems",
  title: "Systems",
  type: "object",
  propertyNames: idPart,
  additionalProperties: partySchema,
} as const;

export const teamsSchema = { ...systemsSchema, $id: "urn:hopline:teams", title: "Teams" } as const;

export const sourcesSchema = {
  $schema: dialect,
  $id: "urn:hopline:sources",
  title: "Sources",
  type: "object",
  propertyNames: idPart,
  additionalProperties: sourceSchema,
} as const;
