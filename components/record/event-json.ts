import type { EventAnswer } from "#lib/record/record-answer.ts";
import { toFieldPath, type PathToken } from "#lib/field/field-path.ts";

/** A line of an event as JSON, indented; `hit` where it holds a field that breaks a contract or that an error names. */
export interface JsonLine {
  readonly text: string;
  readonly hit: boolean;
}

/** An event of a megabyte must not become a page of a hundred. */
const maxLines = 400;
const maxLineLength = 2_000;

const cut = (text: string): string => (text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text);

/** Fields of the payload that are wrong, as every contract and the error found them. */
function brokenFields(event: EventAnswer): ReadonlySet<string> {
  const found = Object.values(event.checks ?? {}).flatMap((check) =>
    check.result === "breached" ? check.findings.map((finding) => finding.field) : [],
  );
  return new Set(event.error?.field === undefined ? found : [...found, event.error.field]);
}

/** The event as it is kept, in the order people read it. */
const shownOf = (event: EventAnswer): Readonly<Record<string, unknown>> => {
  const {
    checks: _checks,
    masks: _masks,
    matchedStep: _step,
    unmatchedReason: _reason,
    backfill: _backfill,
    ...shown
  } = event;
  return shown;
};

export function eventJson(event: EventAnswer): readonly JsonLine[] {
  const broken = brokenFields(event);
  const lines: JsonLine[] = [];
  const isHit = (path: readonly PathToken[]): boolean =>
    path[0] === "payload" && path.length > 1 && broken.has(toFieldPath(path.slice(1)));
  const push = (depth: number, text: string, hit: boolean): void => {
    if (lines.length < maxLines) lines.push({ text: cut("  ".repeat(depth) + text), hit });
    else if (lines.length === maxLines) lines.push({ text: "…", hit: false });
  };
  const write = (value: unknown, path: readonly PathToken[], depth: number, before: string, after: string): void => {
    if (lines.length > maxLines) return;
    const hit = isHit(path);
    if (typeof value !== "object" || value === null) {
      push(depth, `${before}${JSON.stringify(value) ?? "null"}${after}`, hit);
      return;
    }
    const entries: readonly (readonly [PathToken, unknown])[] = Array.isArray(value)
      ? value.map((item: unknown, index) => [index, item] as const)
      : Object.entries(value);
    const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    if (entries.length === 0) {
      push(depth, `${before}${open}${close}${after}`, hit);
      return;
    }
    push(depth, `${before}${open}`, hit);
    entries.forEach(([key, item], index) => {
      const name = typeof key === "number" ? "" : `${JSON.stringify(key)}: `;
      write(item, [...path, key], depth + 1, name, index < entries.length - 1 ? "," : "");
    });
    push(depth, `${close}${after}`, false);
  };
  write(shownOf(event), [], 0, "", "");
  return lines;
}
