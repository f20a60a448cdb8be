import { detect } from "#lib/privacy/detect.ts";
import type { MaskingPolicy } from "#lib/privacy/masking-policy.ts";
import { replaceDetections } from "#lib/privacy/mask-value.ts";

/** What is kept of a dead letter or an unmapped sample: 64 KiB of UTF-8. */
export const maxSampleBytes = 65_536;

/** A text that has no fields, with what the detectors find in it masked. */
export const maskText = (text: string, policy: MaskingPolicy): string =>
  policy.enabled ? replaceDetections(text, detect(text, policy.detectors)) : text;

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
