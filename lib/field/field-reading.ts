import type { Finding } from "#lib/contract/check-result.ts";
import type { MaskFact } from "#lib/event/hop-event.ts";
import { toMaskPointer, valueAt, type PathToken } from "#lib/field/field-path.ts";
import type { EventAnswer } from "#lib/record/record-answer.ts";

/** What one payload says of one field, before it is compared with its neighbours. */
export interface FieldReading {
  readonly presence: "there" | "empty" | "missing";
  /** As shown; equal texts may still be cut from different values, so compare `identity`. */
  readonly text: string;
  readonly identity: string;
  readonly fact?: MaskFact;
  /** What the contract found wrong with it here. */
  readonly finding?: Finding;
}

const maxTextLength = 300;

const asText = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const cut = (text: string): string => {
  const points = Array.from(text.slice(0, maxTextLength * 2));
  return points.length > maxTextLength ? `${points.slice(0, maxTextLength).join("")}…` : text;
};

const isBlank = (value: unknown): boolean => value === null || (typeof value === "string" && value.trim() === "");

/** `target` is the step whose contract is asked about; null where none is. */
export function readField(
  event: EventAnswer,
  field: string,
  tokens: readonly PathToken[],
  target: string | null,
): FieldReading {
  const value = valueAt(event.payload, tokens);
  if (value === undefined) return { presence: "missing", text: "", identity: "missing" };
  const fact = event.masks?.[toMaskPointer(tokens)];
  const blank = fact?.blank ?? isBlank(value);
  if (blank) return { presence: "empty", text: "", identity: "empty", ...(fact === undefined ? {} : { fact }) };
  const check = target === null ? undefined : event.checks?.[target];
  const finding = check?.result === "breached" ? check.findings.find((each) => each.field === field) : undefined;
  const text = asText(value);
  return {
    presence: "there",
    text: cut(text),
    identity: fact === undefined ? `text:${typeof value}:${text}` : `mask:${fact.hash}`,
    ...(fact === undefined ? {} : { fact }),
    ...(finding?.kind === "bad_format" ? { finding } : {}),
  };
}
