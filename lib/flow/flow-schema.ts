import { roles } from "#lib/access/role.ts";
import { durationPart, idOf, keyTypePart, oneOrMany, titlePart } from "#lib/declaration/schema-part.ts";

const flag = { type: "boolean", description: "true or false", examples: ["true"] } as const;

const schemaOrFile = {
  type: ["object", "boolean", "string"],
  minLength: 1,
  description: "a JSON Schema written in place, or the path of its file inside the flows folder",
  examples: ["contracts/finance-order.json"],
} as const;

const step = {
  type: "object",
  properties: {
    id: idOf("paid"),
    title: titlePart,
    system: idOf("payment"),
    point: { ...idOf("kafka:payments.captured"), maxLength: 256 },
    after: oneOrMany(idOf("placed")),
    afterAny: oneOrMany(idOf("placed")),
    within: durationPart,
    calendar: idOf("cn-workdays"),
    per: keyTypePart,
    optional: flag,
    ends: flag,
    sends: flag,
    strict: flag,
    sources: oneOrMany(idOf("finance-importer")),
    when: schemaOrFile,
    contract: schemaOrFile,
    owners: {
      type: "object",
      properties: { provides: idOf("sales-ops"), processes: idOf("integration"), monitors: idOf("support") },
      additionalProperties: false,
      description: "the owners, by what they do",
      examples: ["{ provides: sales-ops, processes: integration, monitors: support }"],
    },
  },
  required: ["id", "system"],
  additionalProperties: false,
  description: "a step",
  examples: ["{ id: paid, system: payment, after: placed, within: 15m }"],
} as const;

const matchRule = {
  type: "object",
  properties: {
    step: idOf("paid"),
    source: idOf("kafka"),
    point: { ...idOf("payments.captured"), maxLength: 256 },
    keys: {
      type: "object",
      propertyNames: keyTypePart,
      additionalProperties: {
        type: "string",
        minLength: 1,
        description: "a place in the raw event",
        examples: ["order.id"],
      },
      minProperties: 1,
      description: "where in the raw event each key stands",
      examples: ["{ order_no: order.id }"],
    },
  },
  required: ["step", "keys"],
  additionalProperties: false,
  description: "a rule that tells which raw events are which step",
  examples: ["{ step: paid, source: kafka, point: payments.captured, keys: { order_no: order.id } }"],
} as const;

const objective = {
  type: "object",
  properties: {
    sli: { enum: ["latency", "completeness"], description: "an indicator", examples: ["latency"] },
    from: idOf("paid"),
    to: idOf("posted"),
    threshold: durationPart,
    target: {
      type: "string",
      pattern: "^(100(\\.0{1,6})?|[0-9]{1,2}(\\.[0-9]{1,6})?)%$",
      description: "a share in per cent",
      examples: ["99.5%"],
    },
    window: { ...durationPart, examples: ["30d"] },
  },
  required: ["sli", "target", "window"],
  if: { properties: { sli: { const: "latency" } }, required: ["sli"] },
  then: {
    properties: { from: idOf("paid"), to: idOf("posted"), threshold: { ...durationPart, examples: ["5s"] } },
    required: ["from", "to", "threshold"],
  },
  additionalProperties: false,
  description: "an objective",
  examples: ["{ sli: completeness, target: 99.9%, window: 30d }"],
} as const;

/** The published JSON Schema of a flow declaration. What only the whole file shows (unknown steps, cycles…) is parseFlow's. */
export const flowSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:hopline:flow",
  title: "Flow declaration",
  type: "object",
  properties: {
    flow: { ...idOf("order-to-cash"), pattern: "^[^\\s\\p{C}/\\\\]([^\\p{C}/\\\\]*[^\\s\\p{C}/\\\\])?$" },
    title: titlePart,
    from: {
      type: "string",
      format: "date-time",
      description: "the RFC 3339 time from which this version judges",
      examples: ["2026-11-01T00:00:00+08:00"],
    },
    visibleTo: oneOrMany({
      type: "string",
      pattern: `^(${roles.join("|")})$`,
      description: `a role (${roles.join(", ")})`,
      examples: ["support"],
    }),
    record: {
      type: "object",
      properties: {
        primary: keyTypePart,
        aliases: oneOrMany({ ...keyTypePart, examples: ["payment_no"] }),
        searchable: oneOrMany({ ...keyTypePart, examples: ["customer_phone"] }),
      },
      required: ["primary"],
      additionalProperties: false,
      description: "what identifies a record",
      examples: ["{ primary: order_no }"],
    },
    steps: {
      type: "array",
      items: step,
      minItems: 1,
      maxItems: 1000,
      description: "a list of at least one step",
      examples: ["[{ id: placed, system: oms }]"],
    },
    match: { type: "array", items: matchRule, description: "a list of rules" },
    objectives: { type: "array", items: objective, description: "a list of objectives" },
  },
  required: ["flow", "record", "steps"],
  additionalProperties: false,
  description: "a flow, a mapping that begins with `flow: …`",
  examples: ["flow: order-to-cash"],
} as const;
