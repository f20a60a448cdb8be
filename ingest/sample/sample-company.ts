import { parseDocument } from "yaml";
import { readCompanyFiles } from "#ingest/demo/company-files.ts";
import type { HopJson, Naming } from "#ingest/demo/company-case.ts";
import { simulateCompany } from "#ingest/demo/simulate-company.ts";
import { companySources, silentSource } from "#ingest/demo/stations.ts";
import { contentHash } from "#ingest/flow-files/content-hash.ts";
import type { Flow } from "#lib/flow/flow-version.ts";
import { parseFlow } from "#lib/flow/parse-flow.ts";

/** Nothing of the sample shares a flow, a source or a key with real data. */
const naming: Naming = { idPrefix: "sample-", keyPrefix: "SAMPLE-" };
/** Sixty records of this seed hold nearly every trouble once. */
const seed = 2_836;
const records = 60;

const flowFiles = ["order-to-cash.yaml", "purchase-to-pay.yaml", "onboarding.yaml"] as const;

export interface SampleFlow {
  readonly flow: Flow;
  /** YAML, as the console shows it. */
  readonly text: string;
}

/** The demo company's flows under names of their own. */
export async function readSampleFlows(): Promise<readonly SampleFlow[]> {
  const files = await readCompanyFiles();
  return flowFiles.map((name) => {
    const text = renameFlow(files[name] ?? "");
    const { flow, problems } = parseFlow(text, { readFile: (path) => files[path] ?? null, hash: contentHash });
    if (flow === undefined) throw new Error(`${name} of the sample: ${problems[0]?.message ?? "cannot be read"}`);
    return { flow, text };
  });
}

function renameFlow(text: string): string {
  const document = parseDocument(text);
  const change = (path: readonly (string | number)[], toName: (name: string) => string): void => {
    const name = document.getIn(path);
    if (typeof name === "string") document.setIn(path, toName(name));
  };
  change(["flow"], (name) => naming.idPrefix + name);
  change(["title", "en"], (title) => `Sample: ${title}`);
  change(["title", "zh"], (title) => `示例：${title}`);
  for (let step = 0; document.hasIn(["steps", step]); step += 1)
    change(["steps", step, "sources", 0], (name) => naming.idPrefix + name);
  return document.toString({ lineWidth: 0 });
}

export const sampleSources: readonly string[] = companySources.map((source) => naming.idPrefix + source);

/** Those that say that they are alive. */
export const speakingSampleSources: readonly string[] = sampleSources.filter(
  (source) => source !== naming.idPrefix + silentSource,
);

/** A day of the company as it stands at `asOf`. */
export function simulateSample(asOf: number): { readonly events: readonly HopJson[]; readonly journeys: number } {
  const events: HopJson[] = [];
  let journeys = 0;
  for (const { sendings, truths } of simulateCompany({ seed, asOf, records, naming })) {
    journeys += truths.filter(({ primary }) => primary !== null).length;
    for (const { at, event } of sendings) if (at <= asOf) events.push(event);
  }
  return { events, journeys };
}
