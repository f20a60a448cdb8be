import type { HopJson, Truth } from "#ingest/demo/company-case.ts";
import type { Intake } from "#ingest/demo/intake.ts";
import { simulateCompany, type SimulationOptions } from "#ingest/demo/simulate-company.ts";
import { companySources, silentSource } from "#ingest/demo/stations.ts";

const heldEvents = 5_000;

/** Sends the company's past up to `asOf` and nothing after it: for tests and benchmarks, which are told the truth of each record. */
export async function sendHistory(
  intake: Intake,
  options: Omit<SimulationOptions, "liveEveryMs">,
  heed: (truths: readonly Truth[]) => void,
): Promise<void> {
  let held: HopJson[] = [];
  for (const { sendings, truths } of simulateCompany(options)) {
    heed(truths);
    for (const { at, event } of sendings) if (at <= options.asOf) held.push(event);
    if (held.length < heldEvents) continue;
    await intake.post(held);
    held = [];
  }
  await intake.post(held);
  await beatAll(intake, options.asOf);
}

/** Every source but the silent one says that it is alive. */
export async function beatAll(intake: Intake, at: number): Promise<void> {
  for (const source of companySources) if (source !== silentSource) await intake.beat(source, at);
}
