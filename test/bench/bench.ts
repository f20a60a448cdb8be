import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { flows, measureIngest, measureOverload } from "#test/bench/measure-ingest.ts";
import { measureCluster } from "#test/bench/measure-cluster.ts";
import { measureConsole } from "#test/bench/measure-console.ts";
import { measureLookup } from "#test/bench/measure-lookup.ts";
import { measureStart } from "#test/bench/measure-start.ts";
import { measureRawFill } from "#test/bench/measure-raw-fill.ts";
import { toTable, type Figure } from "#test/bench/report.ts";
import { buildConsole } from "#test/bench/running-process.ts";
import { elasticsearchHint, findElasticsearch } from "#test/support/elasticsearch.ts";
import { startTestWorker } from "#test/support/worker.ts";

// `npm run bench`: 5 million events; `-- --short`: 300,000; `-- --events N`. Prints a table; a promise that is missed is
// marked, not failed: these machines are noisy, and only ratios of one run mean something.
const { values } = parseArgs({ options: { short: { type: "boolean" }, events: { type: "string" } } });
const count = values.events === undefined ? (values.short === true ? 300_000 : 5_000_000) : Number(values.events);
const startedAt = Date.now() - count - 3_600_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const home = mkdtempSync(join(tmpdir(), "hopline-bench-"));
const figures: Figure[] = [];
try {
  say("the console's build, where it is not current");
  await buildConsole();
  say(`${count} events; bare tables first`);
  const rawPerSecond = await measureRawFill(Math.min(count, 1_000_000), startedAt);
  say("ingest");
  const worker = await startTestWorker({ home, flows });
  try {
    const ingest = await measureIngest(worker, count, startedAt, rawPerSecond);
    figures.push(...ingest.figures);
    say("look-ups");
    figures.push(...(await measureLookup({ worker, count, startedAt, lookups: count < 1_000_000 ? 1_000 : 4_000 })));
    say("overload");
    figures.push(
      ...(await measureOverload(worker, count * 2, startedAt, ingest.eventsPerSecond, count < 1_000_000 ? 10 : 60)),
    );
  } finally {
    await worker.stop();
  }
  say("start");
  figures.push(await measureStart(5));
  const isShort = count < 1_000_000;
  if ((await findElasticsearch()) === undefined) say(`Elasticsearch is left out: ${elasticsearchHint}`);
  else {
    say("Elasticsearch as the store, and the embedded one beside it");
    const large = { rounds: 4, eventsPerRound: 20_000, events: 2_000_000, lookups: 2_000 };
    const small = { rounds: 2, eventsPerRound: 10_000, events: 60_000, lookups: 200 };
    figures.push(...(await measureCluster({ ...(isShort ? small : large), say })));
  }
  const records = count < 1_000_000 ? 5_000 : 200_000;
  say(`the console in front of a company of ${records} records`);
  figures.push(...(await measureConsole(records)));
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.stdout.write(`${toTable(figures)}\n`);
