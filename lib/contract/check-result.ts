/** One way in which a payload does not meet a schema. */
export interface Finding {
  readonly kind: "missing_field" | "bad_format";
  /** `lines[2].sku`, relative to what the schema was applied to. */
  readonly field: string;
  /** The schema's `title` of that field, where it has one. */
  readonly title?: string;
  /** What the schema wants, in the schema's own words: `required`, `format date`, `minLength 15`. */
  readonly expected: string;
}

/**
 * What a JSON Schema said of one payload. `findings` in verdict order: missing before bad, in schema order.
 * `unknown`: the deciding text had been masked before this schema was known.
 */
export type CheckResult =
  | { readonly result: "ok" }
  | { readonly result: "breached"; readonly findings: readonly Finding[] }
  | { readonly result: "unknown"; readonly fields: readonly string[] };
