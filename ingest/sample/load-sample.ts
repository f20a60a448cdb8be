import type { Collector } from "#ingest/collector/collector.ts";
import type { Declarations } from "#ingest/flow-files/declarations.ts";
import { RequestError } from "#ingest/request-error.ts";
import {
  readSampleFlows,
  sampleSources,
  simulateSample,
  speakingSampleSources,
} from "#ingest/sample/sample-company.ts";
import { toFlowHash } from "#lib/flow/flow-hash.ts";
import { contentHash } from "#ingest/flow-files/content-hash.ts";
import { sampleSetting } from "#lib/sample/sample-state.ts";
import type { Definitions } from "#lib/storage/definitions.ts";

export interface SampleTools {
  readonly definitions: Definitions;
  readonly collector: Pick<Collector, "call">;
  readonly declarations: Pick<Declarations, "reload">;
  readonly now: () => number;
}

/** Declares the sample's flows and sends its records through the one door. Does nothing where a sample is loaded. */
export async function loadSample(
  { definitions, collector, declarations, now }: SampleTools,
  by: string,
): Promise<{ readonly journeys: number; readonly events: number }> {
  if ((await definitions.findSetting(sampleSetting)) !== null) return { journeys: 0, events: 0 };
  const flows = await readSampleFlows();
  const known = new Set((await definitions.listVersions()).map(({ flow }) => flow));
  const taken = flows.find(({ flow }) => known.has(flow.flow));
  if (taken !== undefined) throw new RequestError(`There is a flow "${taken.flow.flow}" already that is no sample.`);
  const savedAt = now();
  await definitions.saveSetting(sampleSetting, { flows: flows.map(({ flow }) => flow.flow), sources: sampleSources });
  for (const { flow, text } of flows) {
    await definitions.saveVersion(
      {
        flow: flow.flow,
        hash: toFlowHash(flow, contentHash),
        from: -Infinity,
        savedAt,
        declaredIn: "console",
        text,
        declaration: flow,
      },
      by,
    );
  }
  await declarations.reload();
  const { events, journeys } = simulateSample(savedAt);
  const result = await collector.call("batch", {
    body: new TextEncoder().encode(events.map((event) => JSON.stringify(event)).join("\n")),
    form: { source: "hop", format: "ndjson" },
    speaker: { sources: sampleSources, systems: [] },
    arrivedAt: savedAt,
    // What is a sample raises no alarm.
    backfill: true,
  });
  if (result === "too_many" || result.rejected.length > 0)
    throw new RequestError("The sample's own events were refused.");
  for (const source of speakingSampleSources)
    await collector.call("heartbeat", { source, at: savedAt, arrivedAt: savedAt });
  return { journeys, events: result.accepted };
}
