type Environment = Readonly<Record<string, string | undefined>>;

/** Where the cluster under test is, and who asks it. */
export interface TestAddress {
  /** Of one or several nodes of one cluster. */
  readonly urls: readonly string[];
  readonly username: string | null;
  readonly password: string | null;
  /** Copies of each index beside the first: 0 on a cluster of one node. */
  readonly replicas: number;
}

export const elasticsearchHint =
  "start an Elasticsearch 9 on http://127.0.0.1:9200, or set HOPLINE_TEST_ELASTICSEARCH to the address of one";

export const securityHint =
  "set HOPLINE_TEST_ELASTICSEARCH to http://user:password@host:9200 of one that asks for them";

/** HOPLINE_TEST_ELASTICSEARCH, in which `user:password@` may stand before several addresses with commas between, else this machine's. */
export function elasticsearchAddress(env: Environment = process.env): TestAddress {
  const urls = (env["HOPLINE_TEST_ELASTICSEARCH"] || "http://127.0.0.1:9200").split(",").map((text) => new URL(text));
  const { username = "", password = "" } = urls.find((url) => url.username !== "") ?? {};
  for (const url of urls) {
    url.username = "";
    url.password = "";
  }
  return {
    urls: urls.map(({ href }) => href.replace(/\/+$/u, "")),
    username: username === "" ? null : decodeURIComponent(username),
    password: username === "" ? null : decodeURIComponent(password),
    replicas: Number(env["HOPLINE_TEST_REPLICAS"] ?? 0),
  };
}

/** The cluster to test with, where one answers as Elasticsearch 9. */
export async function findElasticsearch(env: Environment = process.env): Promise<TestAddress | undefined> {
  const address = elasticsearchAddress(env);
  const { urls, username, password } = address;
  const credentials = Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64");
  try {
    const answer = await fetch(urls[0] ?? "", {
      headers: username === null ? {} : { authorization: `Basic ${credentials}` },
      signal: AbortSignal.timeout(3_000),
    });
    const text = await answer.text();
    const isOne = answer.headers.get("x-elastic-product") === "Elasticsearch" && /"number"\s*:\s*"9\./u.test(text);
    return isOne ? address : undefined;
  } catch {
    return undefined;
  }
}
