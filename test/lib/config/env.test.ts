import { describe, expect, test } from "vitest";
import { readEnv, settings, SettingsError } from "#lib/config/env.ts";

const problemsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readEnv(env, "/srv");
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

describe("settings from the environment", () => {
  test("have the defaults the table tells", () => {
    expect(readEnv({}, "/srv")).toMatchObject({
      home: "/srv/.hopline",
      flows: "/srv/.hopline/flows",
      secretFile: "/srv/.hopline/secret",
      ingestPort: 4_318,
      consolePort: 3_000,
      host: "127.0.0.1",
      publicUrl: "http://localhost:3000",
      retentionMs: 90 * 86_400_000,
      diskLimitBytes: null,
      spoolLimitBytes: 1e9,
      trustProxy: false,
      timeZone: "Asia/Shanghai",
      elasticsearch: null,
    });
    const told = Object.fromEntries(settings.map((each) => [each.name, each.default]));
    expect(told).toMatchObject({ HOPLINE_HOME: ".hopline", HOPLINE_INGEST_PORT: "4318", HOPLINE_RETENTION: "90d" });
  });

  test("are taken as given, blanks around them left out, an empty one as none", () => {
    const read = readEnv(
      {
        HOPLINE_HOME: " /data ",
        HOPLINE_FLOWS: "flows",
        HOPLINE_INGEST_PORT: "0",
        HOPLINE_CONSOLE_PORT: "",
        HOPLINE_PUBLIC_URL: "https://hopline.example.com/",
        HOPLINE_RETENTION: "48h",
        HOPLINE_DISK_LIMIT: "2TB",
        HOPLINE_TRUST_PROXY: "yes",
        HOPLINE_TIME_ZONE: "UTC",
        ELASTICSEARCH_URL: "http://es:9200, https://es2.example.com/search/",
        ELASTICSEARCH_CA_FILE: "certs/ca.pem",
        ELASTICSEARCH_PREFIX: "hopline-east",
      },
      "/srv",
    );
    expect(read).toMatchObject({
      home: "/data",
      flows: "/srv/flows",
      secretFile: "/data/secret",
      ingestPort: 0,
      consolePort: 3_000,
      publicUrl: "https://hopline.example.com",
      retentionMs: 172_800_000,
      diskLimitBytes: 2e12,
      trustProxy: true,
      timeZone: "UTC",
      elasticsearch: {
        urls: ["http://es:9200", "https://es2.example.com/search"],
        apiKey: null,
        username: null,
        password: null,
        caFile: "/srv/certs/ca.pem",
        prefix: "hopline-east",
        replicas: 1,
      },
    });
  });

  test.each([
    ["HOPLINE_INGEST_PORT", "70000"],
    ["HOPLINE_INGEST_PORT", "-1"],
    ["HOPLINE_CONSOLE_PORT", "3e3"],
    ["HOPLINE_PUBLIC_URL", "hopline.example.com"],
    ["HOPLINE_PUBLIC_URL", "ftp://example.com"],
    ["HOPLINE_RETENTION", "0d"],
    ["HOPLINE_RETENTION", "90"],
    ["HOPLINE_DISK_LIMIT", "lots"],
    ["HOPLINE_DISK_LIMIT", "0GB"],
    ["HOPLINE_SPOOL_LIMIT", "none"],
    ["HOPLINE_TRUST_PROXY", "maybe"],
    ["HOPLINE_TIME_ZONE", "Mars/Olympus"],
    ["ELASTICSEARCH_URL", "es"],
    ["ELASTICSEARCH_URL", "http://es:9200,es2"],
    ["ELASTICSEARCH_PREFIX", "Hopline"],
    ["ELASTICSEARCH_PREFIX", "_hopline"],
    ["ELASTICSEARCH_PREFIX", "hop*"],
    ["ELASTICSEARCH_REPLICAS", "-1"],
  ])("%s=%s is refused with a sentence that names it and what to write", (name, value) => {
    const problems = problemsOf({ ELASTICSEARCH_URL: "http://es:9200", [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${name} is "${value}"`);
    expect(problems[0]).toMatch(/write|yes or no/);
  });

  test("refuses credentials inside the cluster's address without repeating them", () => {
    const [problem, ...others] = problemsOf({ ELASTICSEARCH_URL: "http://es:9200,https://elastic:s3cret@es2:9200" });
    expect(others).toEqual([]);
    expect(problem).toContain("set ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD, or ELASTICSEARCH_API_KEY");
    expect(problem).not.toMatch(/s3cret|elastic:/);
  });

  test("refuses half of the cluster's credentials, unless there is an API key", () => {
    const half = { ELASTICSEARCH_URL: "http://es:9200", ELASTICSEARCH_USERNAME: "hopline" };
    expect(problemsOf(half)).toEqual([expect.stringContaining("ELASTICSEARCH_PASSWORD go together")]);
    expect(problemsOf({ ...half, ELASTICSEARCH_API_KEY: "key" })).toEqual([]);
  });

  test("tells every problem at once", () => {
    expect(problemsOf({ HOPLINE_INGEST_PORT: "x", HOPLINE_RETENTION: "y" })).toHaveLength(2);
  });
});
