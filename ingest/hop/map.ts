import type { Wire, WireForm, WireItem } from "#ingest/source.ts";
import { type CloudEventData, fromCloudEvent, fromCloudEventHeaders } from "#lib/event/cloud-event.ts";
import { parseJson } from "#lib/event/parse-json.ts";

/** CloudEvents on the wire → the hop events they carry. */
export const fromCloudEvents = (wire: Wire, form: WireForm): Wire =>
  wire === "too_many" ? wire : unwrapEach(wire, form);

function* unwrapEach(items: Iterable<WireItem>, form: WireForm): Generator<WireItem> {
  for (const item of items) yield "value" in item ? unwrap(item.value, item.text, form) : item;
}

const read = (value: unknown, { headers }: WireForm): CloudEventData =>
  headers === undefined ? fromCloudEvent(value) : fromCloudEventHeaders(headers, value);

function unwrap(value: unknown, text: () => string, form: WireForm): WireItem {
  const data = read(value, form);
  if (!data.accepted) return { reason: data.reason, path: data.path, text };
  return { value: data.raw, text: () => hopTextOf(text(), form) };
}

/**
 * A dead letter keeps the hop event itself where there is one: that is what can be sent through the door again. Read anew, so that an
 * item on its way holds its text alone.
 */
function hopTextOf(text: string, form: WireForm): string {
  const parsed = parseJson(text, form.headers === undefined ? "cloud_event" : "hop");
  const data = parsed === null ? null : read(parsed.value, form);
  return data?.accepted === true ? JSON.stringify(data.raw) : text;
}
