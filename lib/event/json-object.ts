/** A JSON object: neither null nor an array. Its members are still unknown. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * An empty object for names chosen outside. Without a prototype `__proto__` is a member like any other and
 * `constructor` is absent until it is set.
 */
export const emptyRecord = <Value>(): Record<string, Value> => Object.create(null) as Record<string, Value>;
