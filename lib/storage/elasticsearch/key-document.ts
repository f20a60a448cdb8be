import { type Key, toKeyId } from "#lib/key/key.ts";
import { toReversedForm, toSearchForm } from "#lib/key/search-form.ts";
import { toDocumentId } from "#lib/storage/elasticsearch/document-id.ts";
import { type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import { toTerm } from "#lib/storage/elasticsearch/search-term.ts";

/** A key that can be searched for. */
export interface KeyDocument {
  /** Its forgiving form, forwards and backwards: a beginning of either is a beginning or an end of the key. */
  readonly form: string;
  readonly reversed: string;
  readonly value: string;
  readonly type: string;
  /** Day of its newest arrival. */
  readonly day: number;
  /** The key as JSON. */
  readonly kept: string;
}

export const keySchema: IndexSchema = {
  name: "key",
  version: 1,
  span: "one",
  properties: { form: keyword, reversed: keyword, value: keyword, type: keyword, day: long, kept },
};

export const keyDocumentId = (key: Key): string => toDocumentId(toKeyId(key));

export const toKeyDocument = (key: Key, day: number): KeyDocument => {
  const form = toSearchForm(key.value);
  return {
    form: toTerm(form),
    reversed: toTerm(toReversedForm(form)),
    value: toTerm(key.value),
    type: key.type,
    day,
    kept: JSON.stringify([key.type, key.value]),
  };
};

/** Written by `toKeyDocument`. */
export const keyIn = ({ kept: text }: Pick<KeyDocument, "kept">): Key => {
  const [type, value] = JSON.parse(text) as readonly [Key["type"], string];
  return { type, value };
};
