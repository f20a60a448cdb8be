import { parseHopEvent, type ParsedHopEvent } from "#lib/event/parse-hop-event.ts";
import type { HopEvent } from "#lib/event/hop-event.ts";

export const arrivedAt = Date.parse("2026-11-23T10:00:00Z");

/** The least an event needs, with what a test is about. */
export const hop = (members: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  step: "paid",
  time: "2026-11-23T09:59:00Z",
  keys: { order_no: "SO-1042" },
  ...members,
});

export const parse = (raw: unknown, source?: string): ParsedHopEvent =>
  parseHopEvent(raw, { ingestedAt: arrivedAt }, { hash: (text) => `h(${text})`, ...(source ? { source } : undefined) });

export const accepted = (raw: unknown, source?: string): HopEvent => {
  const parsed = parse(raw, source);
  if (!parsed.accepted) throw new Error(`Rejected: ${parsed.reason} at ${parsed.path}`);
  return parsed.event;
};

export const rejection = (raw: unknown): { reason: string; path: string } | null => {
  const parsed = parse(raw);
  return parsed.accepted ? null : { reason: parsed.reason, path: parsed.path };
};
