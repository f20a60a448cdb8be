import { isAbsolute, join, resolve } from "node:path";
import {
  parseBytes,
  parseDays,
  parseIndexPrefix,
  parsePort,
  parseReplicas,
  parseTimeZone,
  parseUrl,
  parseUrls,
  parseYesNo,
} from "#lib/config/setting-value.ts";

/** One line of the README's configuration table, which is checked against this list. */
export interface SettingDefinition {
  readonly name: string;
  /** As the table shows it; `—` where there is none. */
  readonly default: string;
  readonly meaning: string;
}

export const settings: readonly SettingDefinition[] = [
  { name: "HOPLINE_HOME", default: ".hopline", meaning: "Data, spool and generated secret" },
  {
    name: "HOPLINE_FLOWS",
    default: "$HOPLINE_HOME/flows",
    meaning: "Flow, contract and mapping files, reloaded within 2 s of a change",
  },
  { name: "HOPLINE_INGEST_PORT", default: "4318", meaning: "Where the ingest worker listens" },
  { name: "HOPLINE_CONSOLE_PORT", default: "3000", meaning: "Where the console listens" },
  { name: "HOPLINE_HOST", default: "127.0.0.1", meaning: "Address both listen on; other than loopback needs tokens" },
  {
    name: "HOPLINE_PUBLIC_URL",
    default: "http://localhost:3000",
    meaning: "Every link Hopline hands out begins with it",
  },
  { name: "HOPLINE_RETENTION", default: "90d", meaning: "How long events are kept, counted from arrival" },
  {
    name: "HOPLINE_DISK_LIMIT",
    default: "—",
    meaning: "Size of the store at which the oldest days are let go, e.g. 200GB",
  },
  {
    name: "HOPLINE_SPOOL_LIMIT",
    default: "1GB",
    meaning: "What a worker keeps on its own disk while the cluster is away; above it senders are asked to come again",
  },
  { name: "HOPLINE_SECRET_FILE", default: "$HOPLINE_HOME/secret", meaning: "Secret of this installation, generated" },
  {
    name: "HOPLINE_TRUST_PROXY",
    default: "no",
    meaning: "yes: believe X-Forwarded-For and -Proto of a proxy in front",
  },
  { name: "HOPLINE_TIME_ZONE", default: "Asia/Shanghai", meaning: "Time zone of days and of times shown" },
  {
    name: "ELASTICSEARCH_URL",
    default: "—",
    meaning: "Cluster to keep everything in, instead of the embedded store; several of its nodes with commas between",
  },
  { name: "ELASTICSEARCH_API_KEY", default: "—", meaning: "API key for the cluster" },
  { name: "ELASTICSEARCH_USERNAME", default: "—", meaning: "User name for the cluster, where there is no API key" },
  { name: "ELASTICSEARCH_PASSWORD", default: "—", meaning: "Password of that user" },
  {
    name: "ELASTICSEARCH_CA_FILE",
    default: "—",
    meaning: "PEM file of the certificates to trust, where the cluster's is signed by your own authority",
  },
  {
    name: "ELASTICSEARCH_PREFIX",
    default: "hopline",
    meaning: "What the name of every index begins with; another one is another Hopline on the same cluster",
  },
  {
    name: "ELASTICSEARCH_REPLICAS",
    default: "1",
    meaning:
      "Copies of each index beside the first; 1 survives a node, and a cluster of one node works with it as well",
  },
];

export interface Elasticsearch {
  /** One or several nodes of one cluster, without a slash at the end and without credentials. */
  readonly urls: readonly string[];
  readonly apiKey: string | null;
  readonly username: string | null;
  readonly password: string | null;
  /** Absolute. */
  readonly caFile: string | null;
  readonly prefix: string;
  readonly replicas: number;
}

export interface Settings {
  /** Absolute. */
  readonly home: string;
  readonly flows: string;
  readonly secretFile: string;
  readonly ingestPort: number;
  readonly consolePort: number;
  readonly host: string;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Nobody set it: the console then goes by the port it listens on. */
  readonly publicUrlIsDefault: boolean;
  readonly retentionMs: number;
  readonly diskLimitBytes: number | null;
  readonly spoolLimitBytes: number;
  readonly trustProxy: boolean;
  readonly timeZone: string;
  readonly elasticsearch: Elasticsearch | null;
}

/** One sentence per setting that cannot be used, naming it and what to write instead. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The only reader of the environment. Throws SettingsError with every problem at once. Port 0 is any free port. */
export function readEnv(env: Environment = process.env, cwd: string = process.cwd()): Settings {
  const problems: string[] = [];
  const given = (name: string): string | null => env[name]?.trim() || null;
  const read = <Value>(
    name: string,
    otherwise: string,
    parse: (text: string) => Value | null,
    advice: string,
  ): Value => {
    const text = given(name);
    const value = parse(text ?? otherwise);
    if (value !== null) return value;
    problems.push(`${name} is "${text ?? otherwise}", which is not ${advice}.`);
    return fallback(parse(otherwise), name);
  };
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(cwd, path));

  const home = absolute(given("HOPLINE_HOME") ?? ".hopline");
  const diskLimit = given("HOPLINE_DISK_LIMIT");
  const result: Settings = {
    home,
    flows: absolute(given("HOPLINE_FLOWS") ?? join(home, "flows")),
    secretFile: absolute(given("HOPLINE_SECRET_FILE") ?? join(home, "secret")),
    ingestPort: read(
      "HOPLINE_INGEST_PORT",
      "4318",
      parsePort,
      "a port: write a whole number from 0 to 65535, such as 4318",
    ),
    consolePort: read(
      "HOPLINE_CONSOLE_PORT",
      "3000",
      parsePort,
      "a port: write a whole number from 0 to 65535, such as 3000",
    ),
    host: given("HOPLINE_HOST") ?? "127.0.0.1",
    publicUrl: read(
      "HOPLINE_PUBLIC_URL",
      "http://localhost:3000",
      parseUrl,
      "a web address: write it like https://hopline.example.com",
    ),
    publicUrlIsDefault: given("HOPLINE_PUBLIC_URL") === null,
    retentionMs: read(
      "HOPLINE_RETENTION",
      "90d",
      parseDays,
      "a length of time: write hours or days, such as 48h or 90d",
    ),
    diskLimitBytes:
      diskLimit === null || diskLimit === "none"
        ? null
        : read("HOPLINE_DISK_LIMIT", "1GB", parseBytes, "a size: write it like 50GB, or none"),
    spoolLimitBytes: read("HOPLINE_SPOOL_LIMIT", "1GB", parseBytes, "a size: write it like 5GB"),
    trustProxy: read("HOPLINE_TRUST_PROXY", "no", parseYesNo, "yes or no"),
    timeZone: read(
      "HOPLINE_TIME_ZONE",
      "Asia/Shanghai",
      parseTimeZone,
      "a time zone: write a name like Asia/Shanghai or UTC",
    ),
    elasticsearch: given("ELASTICSEARCH_URL") === null ? null : readElasticsearch({ given, read, absolute, problems }),
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return result;
}

interface Reading {
  given(name: string): string | null;
  read<Value>(name: string, otherwise: string, parse: (text: string) => Value | null, advice: string): Value;
  absolute(path: string): string;
  readonly problems: string[];
}

function readElasticsearch({ given, read, absolute, problems }: Reading): Elasticsearch {
  const refused = (problem: string): void => void problems.push(problem);
  const hasCredentials = given("ELASTICSEARCH_URL")?.includes("@") === true;
  if (hasCredentials)
    refused(
      "ELASTICSEARCH_URL holds a user name or password, which addresses in logs would show: leave them out and set ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD, or ELASTICSEARCH_API_KEY.",
    );
  const apiKey = given("ELASTICSEARCH_API_KEY");
  const username = given("ELASTICSEARCH_USERNAME");
  const password = given("ELASTICSEARCH_PASSWORD");
  if (apiKey === null && (username === null) !== (password === null))
    refused("ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD go together: write both, or neither.");
  const caFile = given("ELASTICSEARCH_CA_FILE");
  return {
    urls: hasCredentials
      ? []
      : read(
          "ELASTICSEARCH_URL",
          "http://localhost:9200",
          parseUrls,
          "a web address: write it like https://es.example.com:9200, several with commas between",
        ),
    apiKey,
    username,
    password,
    caFile: caFile === null ? null : absolute(caFile),
    prefix: read(
      "ELASTICSEARCH_PREFIX",
      "hopline",
      parseIndexPrefix,
      "a beginning of index names: write up to 40 small letters, digits, - and _, a letter first",
    ),
    replicas: read(
      "ELASTICSEARCH_REPLICAS",
      "1",
      parseReplicas,
      "a number of copies: write a whole number from 0 to 9",
    ),
  };
}

/** The cluster at another address than `ELASTICSEARCH_URL`, with everything else as set. Throws SettingsError. */
export function readElasticsearchAt(url: string, env: Environment = process.env): Elasticsearch {
  const { elasticsearch } = readEnv({ ...env, ELASTICSEARCH_URL: url });
  if (elasticsearch === null) throw new SettingsError(["The address of the cluster is empty."]);
  return elasticsearch;
}

/** What next-auth and Next.js read from the environment on their own; to be called before they are loaded. */
export function publishToConsole(
  { publicUrl }: Pick<Settings, "publicUrl">,
  env: NodeJS.ProcessEnv = process.env,
): void {
  env["NEXTAUTH_URL"] = publicUrl;
  env["NEXT_TELEMETRY_DISABLED"] = "1";
  Object.assign(env, { NODE_ENV: "production" });
}

/** Defaults always parse; said here once so that callers need no null. */
function fallback<Value>(value: Value | null, name: string): Value {
  if (value === null) throw new Error(`The default of ${name} does not parse.`);
  return value;
}
