import { describe, expect, it, onTestFinished } from "vitest";
import { checkCluster } from "#lib/storage/elasticsearch/check-cluster.ts";
import type { ClusterSettings } from "#lib/storage/elasticsearch/cluster.ts";
import { install } from "#lib/storage/elasticsearch/install.ts";
import { diary, shelf } from "#test/lib/storage/elasticsearch/shelf.ts";
import { setUpTestCluster } from "#test/support/test-cluster.ts";

const bed = setUpTestCluster();
const { client } = bed.cluster;

const complaint = async (changed: Partial<ClusterSettings>): Promise<string> => {
  try {
    await checkCluster(bed.openAnother(changed));
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};

describe("the check of a cluster with security on", () => {
  it("says which credentials are refused, and shows none", async () => {
    const password = "wr0ng";
    const refused = [
      await complaint({ password }),
      await complaint({ apiKey: password }),
      await complaint({ username: null, password: null }),
    ];
    expect(refused).toEqual([
      expect.stringContaining("check ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD"),
      expect.stringContaining("check ELASTICSEARCH_API_KEY"),
      expect.stringContaining("without credentials: set ELASTICSEARCH_API_KEY"),
    ]);
    expect(refused.join()).not.toContain(password);
  });

  it("names the rights that are missing, and with them everything can be done", async () => {
    const name = bed.settings.prefix;
    await client.security.putUser({ username: name, password: "s3cret-s3cret", roles: [name] });
    onTestFinished(async () => {
      await client.security.deleteUser({ username: name });
      await client.security.deleteRole({ name });
    });
    const as = { username: name, password: "s3cret-s3cret" };
    const names = [`${name}-*`];
    expect(await complaint(as)).toContain(`The user ${name} (ELASTICSEARCH_USERNAME) lacks the cluster privilege`);
    await client.security.putRole({
      name,
      cluster: ["monitor", "manage_index_templates"],
      indices: [{ names, privileges: ["read"] }],
    });
    expect(await complaint(as)).toContain(`lacks the index privilege write, manage on ${name}-*`);
    await client.security.putRole({
      name,
      cluster: ["monitor", "manage_index_templates"],
      indices: [{ names, privileges: ["read", "write", "manage"] }],
    });
    expect(await complaint(as)).toBe("");
    const one = bed.openAnother(as);
    await install(one, [shelf, diary]);
    const outcomes = await one.write(
      [one.indexOf(shelf), one.indexOf(diary)].map((index) => ({
        kind: "create",
        index,
        id: "a",
        source: { title: "a", pages: 1 },
      })),
    );
    expect(outcomes).toMatchObject([{ status: "done" }, { status: "done" }]);
    expect((await one.search(one.aliasOf(diary), {})).hits.hits).toHaveLength(1);
  });

  it("takes an API key", async () => {
    const { encoded, id } = await client.security.createApiKey({ name: bed.settings.prefix });
    onTestFinished(async () => void (await client.security.invalidateApiKey({ ids: [id] })));
    expect(await complaint({ apiKey: encoded, username: null, password: null })).toBe("");
  });
});
