import type { WireItems } from "#ingest/hop/wire.ts";
import type { WireForm, WireItem } from "#ingest/source.ts";
import { type CloudEventData, fromCloudEvent, fromCloudEventHeaders } from "#lib/event/cloud-event.ts";

/** CloudEvents on the wire → the hop events they carry. */
export function fromCloudEvents(wire: WireItems, form: WireForm): WireItems {
  if (wire === "too_many") return wire;
  const headers = form.headers;
  return wire.map((item) => {
    if (!("value" in item)) return item;
    return unwrap(
      item,
      headers === undefined ? fromCloudEvent(item.value) : fromCloudEventHeaders(headers, item.value),
    );
  });
}

/** A dead letter keeps the hop event itself where there is one: that is what can be sent through the door again. */
function unwrap(item: WireItem, data: CloudEventData): WireItem {
  if (!data.accepted) return { reason: data.reason, path: data.path, text: item.text };
  return { value: data.raw, text: () => JSON.stringify(data.raw) };
}
