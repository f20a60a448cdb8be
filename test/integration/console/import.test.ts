import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { JourneysAnswer } from "#lib/api/journeys-schema.ts";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { hoplineOf } from "#test/support/hopline.ts";
import { removeHome, newHome } from "#test/support/worker.ts";

const hopline = hoplineOf({});

/** Real logs are not part of this repository; where they stand beside it, they are brought in too. */
const samples = fileURLToPath(new URL("../../../../shared/samples/process-logs", import.meta.url));
const realLogs = ["receipt.csv"].filter((name) => existsSync(join(samples, name)));

/** A made-up permit process: so many cases, with loops, skipped steps and equal times; the same each run. */
const makeLog = (cases: number): string => {
  const rows = ["case,activity,timestamp,clerk"];
  const start = Date.parse("2024-03-01T08:00:00Z");
  for (let number = 0; number < cases; number += 1) {
    const steps = [
      "Receive",
      ...(number % 3 === 0 ? ["Check", "Adjust"] : []),
      "Check",
      ...(number % 7 === 0 ? [] : ["Decide", "Send"]),
    ];
    steps.forEach((activity, place) => {
      const time = start + number * 3_600_000 + Math.floor((place * (number % 11) * 977_777) / 3);
      rows.push(`C-${number},${activity},${new Date(time).toISOString()},Clerk ${number % 5}`);
    });
  }
  return rows.join("\n");
};

interface Plain {
  readonly events: ReadonlyMap<string, number>;
  readonly medianMs: number;
}

/** A plain calculation over the file, knowing nothing of journeys. */
const calculate = (text: string, columns: { readonly case: string; readonly time: string }): Plain => {
  const rows = parse(text, { columns: true, bom: true }) as readonly Readonly<Record<string, string>>[];
  const times = Map.groupBy(rows, (row) => row[columns.case] ?? "");
  const durations = [...times.values()]
    .map((list) => list.map((row) => Date.parse((row[columns.time] ?? "").replace(" ", "T"))))
    .map((list) => Math.max(...list) - Math.min(...list))
    .toSorted((a, b) => a - b);
  const middle = durations.length / 2;
  const low = durations[Math.ceil(middle) - 1] ?? Number.NaN;
  const high = durations[Math.floor(middle)] ?? Number.NaN;
  return { events: new Map([...times].map(([name, list]) => [name, list.length])), medianMs: (low + high) / 2 };
};

const allJourneys = async (flow: string): Promise<ReadonlyMap<string, number>> => {
  const found = new Map<string, number>();
  let cursor: string | null = "";
  while (cursor !== null) {
    const after: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const answer: { readonly body: JourneysAnswer } = await hopline.get(
      `/api/v1/journeys?flow=${flow}&limit=500${after}`,
    );
    for (const { primary, eventsTotal } of answer.body.items) found.set(primary, eventsTotal);
    cursor = answer.body.next;
  }
  return found;
};

const checkImported = async (flow: string, span: string, plain: Plain): Promise<void> => {
  await hopline.eventually(async () => {
    const journeys = await allJourneys(flow);
    expect(journeys).toEqual(plain.events);
  }, 10_000);
  const { body } = await hopline.get<{
    readonly hops: readonly { readonly buckets: readonly { readonly count: number; readonly p50Ms: number }[] }[];
  }>(`/api/v1/flows/${flow}/latency?hop=end_to_end&${span}`);
  expect(body.hops[0]?.buckets).toMatchObject([{ count: plain.events.size, p50Ms: plain.medianMs }]);
};

describe("an event log brought in", () => {
  it("makes every case one journey with its events and times, and once only when brought in again", async () => {
    const log = makeLog(240);
    const file = join(hopline.home, "permits.csv");
    writeFileSync(file, log);
    const first = await hopline.command("import", file);
    const rows = log.split("\n").length - 1;
    expect(first).toMatchObject({ flow: "permits", rows, accepted: rows, duplicates: 0, rejected: 0 });
    expect(await hopline.command("import", file)).toMatchObject({ rows, accepted: 0, duplicates: rows });
    await checkImported(
      "permits",
      "from=2024-01-01T00:00:00Z&to=2025-01-01T00:00:00Z",
      calculate(log, { case: "case", time: "timestamp" }),
    );

    const { body } = await hopline.get<RecordAnswer>("/api/v1/records/case_id/C-3");
    expect(body.journeys).toHaveLength(1);
    expect(body.journeys[0]).toMatchObject({ flow: "permits", state: "completed", eventsTotal: 6 });
    expect(body.journeys[0]?.events.every((event) => event.backfill === true)).toBe(true);
  });

  it("takes rows into a declared flow by its match rules, and names lines it cannot take", async () => {
    await hopline.declare({
      "claims.yaml": `flow: claims
record: { primary: claim_no }
steps:
  - { id: filed, system: portal }
  - { id: paid, system: bank, after: filed, within: 1d }
match:
  - { step: filed, point: File a claim, keys: { claim_no: nr } }
  - { step: paid, point: Pay out, keys: { claim_no: nr } }
`,
    });
    const file = join(hopline.home, "claims.csv");
    writeFileSync(
      file,
      "nr;what;at\nK-1;File a claim;2024-05-01 10:00\nK-1;Pay out;2024-05-01 11:00\nK-2;File a claim;soon\n",
    );
    const answer = await hopline.command(
      "import",
      file,
      "--flow",
      "claims",
      "--case",
      "nr",
      "--activity",
      "what",
      "--time",
      "at",
    );
    expect(answer).toMatchObject({ rows: 3, accepted: 2, rejected: 1 });
    expect(answer["problems"]).toEqual([expect.stringContaining('line 4: "soon"')]);
    await hopline.eventually(async () => {
      const { body } = await hopline.get<RecordAnswer>("/api/v1/records/claim_no/K-1");
      expect(body.journeys?.[0]).toMatchObject({ state: "completed", startedAt: "2024-05-01T02:00:00.000Z" });
    });
  });

  it("opens the store itself where no worker runs", async () => {
    const home = newHome();
    try {
      const file = join(home, "small.csv");
      writeFileSync(file, makeLog(5));
      expect(await hopline.commandAt(home, ["import", file])).toMatchObject({ flow: "small", rejected: 0 });
      const again = await hopline.commandAt(home, ["import", file]);
      expect(again).toMatchObject({ accepted: 0, duplicates: again["rows"] });
    } finally {
      removeHome(home);
    }
  });

  it.each(realLogs)("tells a real process of 1,434 cases as its file %s does", { timeout: 60_000 }, async (name) => {
    const file = join(samples, name);
    expect(await hopline.command("import", file)).toMatchObject({ flow: "receipt", accepted: 8_577, rejected: 0 });
    const plain = calculate(readFileSync(file, "utf8"), { case: "case:concept:name", time: "time:timestamp" });
    expect(plain.events.size).toBe(1_434);
    await checkImported("receipt", "from=2010-01-01T00:00:00Z&to=2013-01-01T00:00:00Z", plain);
  });
});
