import { isAbsolute, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DemoError } from "#ingest/demo/demo-home.ts";

export interface DemoOptions {
  /** Absolute. */
  readonly home: string;
  readonly seed: number;
  readonly records: number;
  readonly liveEveryMs: number;
  readonly consolePort: number;
  readonly ingestPort: number;
  /** Forget what an earlier demo left in the home. */
  readonly startOver: boolean;
  /** In the cluster that the environment names instead of the home. */
  readonly inCluster: boolean;
}

export const demoUsage = `npm run demo -- [options]
  --home DIR          where the demo keeps everything (.hopline-demo)
  --records N         journeys of its past day (4000)
  --every SECONDS     between the starts of new records (8)
  --fast              a new record each second
  --seed N            another company (1)
  --port N            of the console (3000)
  --ingest-port N     of the worker (4318)
  --cluster           keep everything in the cluster of ELASTICSEARCH_URL, apart from what else is there
  --fresh             start over instead of going on`;

/** Throws DemoError where a word is not understood. */
export function parseDemoOptions(words: readonly string[], cwd: string): DemoOptions {
  const values = readWords(words);
  const number = (name: string, text: string | undefined, otherwise: number, low: number, high: number): number => {
    const value = text === undefined ? otherwise : Number(text);
    if (text !== "" && Number.isInteger(value) && value >= low && value <= high) return value;
    throw new DemoError(`--${name} must be a whole number from ${low} to ${high}.\n\n${demoUsage}`);
  };
  const home = values.home ?? ".hopline-demo";
  return {
    home: isAbsolute(home) ? home : resolve(cwd, home),
    seed: number("seed", values.seed, 1, 0, 2 ** 31),
    records: number("records", values.records, 4_000, 1, 1_000_000),
    liveEveryMs: number("every", values.every, values.fast === true ? 1 : 8, 1, 3_600) * 1_000,
    consolePort: number("port", values.port, 3_000, 0, 65_535),
    ingestPort: number("ingest-port", values["ingest-port"], 4_318, 0, 65_535),
    startOver: values.fresh === true,
    inCluster: values.cluster === true,
  };
}

const readWords = (words: readonly string[]) => {
  try {
    return parseArgs({
      args: [...words],
      options: {
        home: { type: "string" },
        seed: { type: "string" },
        records: { type: "string" },
        every: { type: "string" },
        port: { type: "string" },
        "ingest-port": { type: "string" },
        fast: { type: "boolean" },
        fresh: { type: "boolean" },
        cluster: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new DemoError(`${error instanceof Error ? error.message : String(error)}\n\n${demoUsage}`, { cause: error });
  }
};
