import { describe, expect, it } from "vitest";
import { parseStoreAddress } from "#ingest/copy/store-address.ts";
import { readElasticsearchAt, SettingsError } from "#lib/config/env.ts";

const settings = { home: "/srv/hopline", secretFile: "/srv/hopline/secret" };
const readAt =
  (env: Readonly<Record<string, string>>) =>
  (url: string): ReturnType<typeof readElasticsearchAt> =>
    readElasticsearchAt(url, env);

describe("the address of a store", () => {
  it("is a home, with its own secret and flow files", () => {
    expect(parseStoreAddress("sqlite:/data/a/", settings)).toEqual({
      text: "sqlite:/data/a",
      place: { home: "/data/a", elasticsearch: null },
      secretFile: "/data/a/secret",
      flows: "/data/a/flows",
    });
    expect(parseStoreAddress("sqlite:/data/a", { ...settings, secretFile: "/keys/one" })?.secretFile).toBe("/keys/one");
  });

  it("is a cluster, with credentials and prefix as set and told in none of it", () => {
    const env = { ELASTICSEARCH_API_KEY: "key-1", ELASTICSEARCH_PREFIX: "other" };
    const address = parseStoreAddress("elasticsearch:https://es.example.com:9200/", settings, readAt(env));
    expect(address).toMatchObject({
      text: "elasticsearch:https://es.example.com:9200 with ELASTICSEARCH_PREFIX=other",
      place: { elasticsearch: { urls: ["https://es.example.com:9200"], apiKey: "key-1", prefix: "other" } },
    });
    expect(parseStoreAddress("elasticsearch:http://localhost:9200", settings, readAt({}))?.text).toBe(
      "elasticsearch:http://localhost:9200",
    );
  });

  it("is refused where it is neither, is no address, or holds a password, which no answer repeats", () => {
    for (const text of ["", "sqlite:", "/data/a", "postgres:db"]) expect(parseStoreAddress(text, settings)).toBeNull();
    expect(() => parseStoreAddress("elasticsearch:nowhere", settings, readAt({}))).toThrow(SettingsError);
    const withPassword = "elasticsearch:https://me:hush@es.example.com";
    expect(() => parseStoreAddress(withPassword, settings, readAt({}))).toThrow(/^(?!.*hush)/su);
  });
});
