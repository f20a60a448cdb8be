import type { SampleTools } from "#ingest/sample/load-sample.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import { toFlowId, toSourceId } from "#lib/id/id.ts";
import { sampleSetting } from "#lib/sample/sample-state.ts";

/**
 * Removes everything of the sample: what is kept of its events and made from them, then its flows. Where it breaks off, asking again goes
 * on: the note of what was loaded goes last.
 */
export async function removeSample(
  { definitions, collector, declarations }: SampleTools,
  by: string,
): Promise<{ readonly events: number }> {
  const loaded = await definitions.findSetting(sampleSetting);
  if (!isJsonObject(loaded)) return { events: 0 };
  const flows = textsOf(loaded["flows"]).map(toFlowId);
  const sources = textsOf(loaded["sources"]).map(toSourceId);
  let events = 0;
  for (;;) {
    const slice = await collector.call("forget", { flows, sources });
    events += slice.events;
    if (!slice.more) break;
  }
  for (const flow of flows) await definitions.removeFlow(flow, by);
  await declarations.reload();
  await definitions.saveSetting(sampleSetting, null);
  return { events };
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
