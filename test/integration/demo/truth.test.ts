import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCompanyFiles } from "#ingest/demo/company-files.ts";
import type { Truth } from "#ingest/demo/company-case.ts";
import { openDemoAccess } from "#ingest/demo/demo-access.ts";
import { openIntake, type Intake } from "#ingest/demo/intake.ts";
import { sendHistory } from "#ingest/demo/send-history.ts";
import { onboardingStations } from "#ingest/demo/stations.ts";
import { findRecord } from "#lib/read/find-record.ts";
import { readOverview } from "#lib/read/read-overview.ts";
import { compare, confusionTable, type Compared } from "#test/integration/demo/compare.ts";
import { openReading, type Reading } from "#test/support/read-stores.ts";
import { removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { placeOf } from "#test/support/store-place.ts";

// DEMO_SEEDS=1,2,3 DEMO_RECORDS=5000: more companies, and larger ones.
const seeds = (process.env["DEMO_SEEDS"] ?? "7").split(",").map(Number);
const records = Number(process.env["DEMO_RECORDS"] ?? 1_500);

describe.each(seeds)("the company of seed %i", (seed) => {
  let worker: TestWorker;
  let reading: Reading;
  let compared: readonly Compared[];

  beforeAll(async () => {
    worker = await startTestWorker({ flows: await readCompanyFiles() });
    const intake = openIntake({ url: worker.url, tokens: await openDemoAccess(placeOf(worker.home), Date.now) });
    const asOf = Date.now();
    const truths: Truth[] = [];
    await sendHistory(intake, { seed, asOf, records }, (own) => truths.push(...own));
    reading = await openReading(worker.home);
    await waitForLast(intake, reading, asOf);
    const look = async (truth: Truth): Promise<Compared> => {
      const asked = { type: "_", value: truth.key, searchable: false } as const;
      const answer = await findRecord(reading.stores, asked, reading.context());
      return compare(truth, answer?.journeys ?? [], records >= 1_000);
    };
    const found: Compared[] = [];
    for (let from = 0; from < truths.length; from += 10)
      found.push(...(await Promise.all(truths.slice(from, from + 10).map(look))));
    compared = found;
    process.stdout.write(`\nseed ${seed}, ${truths.length} records\n${confusionTable(compared)}\n`);
  }, 600_000);

  afterAll(async () => {
    await reading.close();
    await worker.stop();
    removeHome(worker.home);
  });

  it("gets a verdict for every record that says what really happened", () => {
    const wrong = compared.filter(({ expected, actual }) => expected !== actual);
    expect(wrong.slice(0, 20).map(({ truth, expected, actual }) => ({ key: truth.key, expected, actual }))).toEqual([]);
    expect(compared.length).toBeGreaterThanOrEqual(records);
  });

  it("tells at home of every trouble, most records first, whatever else befell the same step", async () => {
    const { causes } = await readOverview(reading.stores, reading.context(), "en");
    const told = causes.map(({ reason, field, count }) => ({ reason, field, count }));
    const broken = compared.map(({ truth }) => truth).filter(({ primary, step }) => primary !== null && step !== null);
    const groups = Map.groupBy(broken, ({ flow, step, reason, field }) => JSON.stringify([flow, step, reason, field]));
    const expected = [...groups.values()]
      .map((all) => ({ reason: all[0]?.reason, field: all[0]?.field ?? null, count: all.length }))
      .toSorted(
        (a, b) => Number(a.reason === "source_silent") - Number(b.reason === "source_silent") || b.count - a.count,
      );
    expect(told.map(({ count }) => count)).toEqual(expected.slice(0, told.length).map(({ count }) => count));
    for (const cause of told) expect(expected).toContainEqual(cause);
  });

  it("accuses nobody whose record arrived or is still on time", () => {
    const innocent = new Set(["completed", "completed_late", "in_progress", "unknown"]);
    const accused = compared.filter(
      ({ truth, actual }) => innocent.has(truth.state) && /^(overdue|failed)\|/u.test(actual),
    );
    expect(accused.map(({ truth }) => truth.key)).toEqual([]);
  });
});

/** What is sent last is read last: once this event is found, so is everything before it. */
const waitForLast = async (intake: Intake, { stores, context }: Reading, asOf: number): Promise<void> => {
  const value = "E-LAST";
  await intake.post([
    {
      id: value,
      ...onboardingStations.hired,
      flow: "onboarding",
      step: "hired",
      time: new Date(asOf).toISOString(),
      operation: "create",
      outcome: "ok",
      keys: { employee_no: value },
      attributes: {},
    },
  ]);
  await waitFor("the last event to be read", async () =>
    findRecord(stores, { type: "employee_no", value, searchable: false }, context()),
  );
};
