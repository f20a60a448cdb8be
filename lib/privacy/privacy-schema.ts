import { detectors, maskRules } from "#lib/privacy/masking-policy.ts";

const flag = { enum: [true, false, "on", "off"], description: "on or off", examples: ["on"] } as const;

const fieldName = {
  type: "string",
  pattern: "\\S",
  maxLength: 64,
  description: "a field's name",
  examples: ["member_phone"],
} as const;

const rule = { type: "string", enum: maskRules, description: "a kind of personal data", examples: ["name"] } as const;

/** The published JSON Schema of `privacy.yaml`: what is masked beyond, or other than, what is masked anyway. */
export const privacySchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:hopline:privacy",
  title: "Masking of personal data",
  type: ["object", "null"],
  properties: {
    masking: flag,
    fields: {
      type: "object",
      properties: {
        add: {
          type: ["array", "object"],
          items: fieldName,
          propertyNames: fieldName,
          additionalProperties: rule,
          description: "a list of field names, or names with the kind of data they hold",
          examples: ["[nickname]", "{ nickname: name }"],
        },
        remove: {
          type: "array",
          items: fieldName,
          description: "a list of field names",
          examples: ["[customer_name]"],
        },
      },
      additionalProperties: false,
      description: "the fields to `add` and to `remove`",
      examples: ["{ add: [nickname], remove: [customer_name] }"],
    },
    detectors: {
      type: "object",
      properties: Object.fromEntries(detectors.map((name) => [name, flag])),
      additionalProperties: false,
      description: "detectors, each on or off",
      examples: ["{ bank_card: off }"],
    },
  },
  additionalProperties: false,
  description: "a masking policy",
  examples: ["masking: on"],
} as const;
