import { detect } from "#lib/privacy/detect.ts";
import type { MaskingPolicy } from "#lib/privacy/masking-policy.ts";
import { fieldRulesOf, replaceDetections } from "#lib/privacy/mask-value.ts";

/** What is kept of a dead letter or an unmapped sample: 64 KiB of UTF-8. */
export const maxSampleBytes = 65_536;

/** The name of the JSON member, or of the list in it, that a place in a text stands in: `"order_no": ["`. */
const nameBefore = /"([^"\\]{1,64})"\s{0,8}:\s{0,8}(?:\[[^[\]{}]*)?"?$/;

/** How far back a name is looked for. */
const lookBack = 400;

/**
 * A text as it came, JSON or not, with what the detectors find in it masked. Where JSON says that it is a number of something
 * (`"order_no": "13800138000"`) it stays, as it does in an event: a dead letter has to be re-driven under its own key.
 */
export const maskText = (text: string, policy: MaskingPolicy): string => {
  if (!policy.enabled) return text;
  const ruleOf = fieldRulesOf(policy);
  const found = detect(text, policy.detectors).filter(({ start }) => {
    const name = nameBefore.exec(text.slice(Math.max(0, start - lookBack), start))?.[1];
    return name === undefined || ruleOf(name).detect;
  });
  return replaceDetections(text, found);
};

/** A dead letter or sample as it may be kept: detectors applied, then cut. What the cut would halve is masked first. */
export const maskSample = (text: string, policy: MaskingPolicy): { readonly text: string; readonly cut: boolean } => {
  // A UTF-16 unit takes at least one byte, so more units than this are never kept; some over, for what the cut divides.
  const head = text.length > maxSampleBytes + 512 ? text.slice(0, maxSampleBytes + 512) : text;
  const masked = maskText(head, policy);
  const kept = cutToBytes(masked, maxSampleBytes);
  return { text: kept, cut: kept.length < masked.length || head.length < text.length };
};

const cutToBytes = (text: string, maxBytes: number): string => {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = new Uint8Array(maxBytes);
  // Writes whole characters only and says how far it came.
  const { read } = new TextEncoder().encodeInto(text, bytes);
  return read === text.length ? text : text.slice(0, read);
};
