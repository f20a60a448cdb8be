// Parts that the published declaration schemas share. A description completes "this is not …".

/** Any text that can be an id: visible from end to end, no control characters. */
export const idPart = {
  type: "string",
  maxLength: 128,
  pattern: "^[^\\s\\p{C}]([^\\p{C}]*[^\\s\\p{C}])?$",
  description: "an id, a text of at most 128 characters without blanks around it",
} as const;

export const idOf = (example: string) => ({ ...idPart, examples: [example] }) as const;

export const keyTypePart = {
  type: "string",
  pattern: "^[a-z][a-z0-9_]{0,63}$",
  description: "a key type: a small letter, then at most 63 small letters, digits or _",
  examples: ["order_no"],
} as const;

export const durationPart = {
  type: "string",
  pattern: "^[0-9]{1,15}(ms|s|m|h|d)$",
  description: "a duration, a whole number followed by ms, s, m, h or d",
  examples: ["15m"],
} as const;

export const titlePart = {
  type: ["string", "object"],
  properties: {
    en: { type: "string", description: "a text", examples: ["Order to cash"] },
    zh: { type: "string", description: "a text", examples: ["订单到收款"] },
  },
  additionalProperties: false,
  description: "a title, one text or one for each language",
  examples: ["{ en: Order to cash, zh: 订单到收款 }"],
} as const;

/** One or a list of them. The rules of the one also reach list items. */
export const oneOrMany = <
  Part extends { readonly type: "string"; readonly description: string; readonly examples: readonly string[] },
>(
  part: Part,
) => {
  const { type, description, examples, ...rules } = part;
  return {
    ...rules,
    type: [type, "array"],
    items: part,
    description: `${description}, or a list of them`,
    examples: [...examples, `[${examples.join(", ")}]`],
  } as const;
};
