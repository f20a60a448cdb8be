/** A JSON object: neither null nor an array. Its members are still unknown. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Inherits from nothing but an empty object: V8 keeps such objects as fast as literals, those without any prototype it does not. */
const Bare = function () {} as unknown as new () => object;
Reflect.set(Bare, "prototype", Object.create(null));

/**
 * An empty object for names chosen outside. Nothing stands behind it: `__proto__` is a member like any other and
 * `constructor` is absent until it is set.
 */
export const emptyRecord = <Value>(): Record<string, Value> => new Bare() as Record<string, Value>;
