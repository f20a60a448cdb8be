import { toFieldPath, type PathToken } from "#lib/field/field-path.ts";

/** Deeper places are shown as one cell of JSON; longer lists and wider payloads are cut. */
const maxDepth = 8;
const maxListItems = 20;

export interface ListedFields {
  /** By path, in the order they stand in the payload. */
  readonly fields: ReadonlyMap<string, readonly PathToken[]>;
  readonly omitted: number;
}

const entriesOf = (value: unknown): readonly (readonly [PathToken, unknown])[] => {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [index, item] as const);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
};

/** Every leaf of a payload (an empty list or object is one), at most `limit`; what is cut is counted. */
export function listFields(payload: unknown, limit: number): ListedFields {
  const fields = new Map<string, readonly PathToken[]>();
  let omitted = 0;

  const visit = (value: unknown, tokens: readonly PathToken[]): void => {
    const entries = tokens.length < maxDepth ? entriesOf(value) : [];
    if (entries.length === 0) {
      if (fields.size < limit) fields.set(toFieldPath(tokens), tokens);
      else omitted += 1;
      return;
    }
    const shown = Array.isArray(value) ? entries.slice(0, maxListItems) : entries;
    omitted += entries.length - shown.length;
    for (const [token, child] of shown) visit(child, [...tokens, token]);
  };

  visit(payload, []);
  return { fields, omitted };
}
