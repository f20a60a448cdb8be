import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createUser, prepareConsole, signIn, withControl } from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";

const kit = prepareConsole({ flows: {} });
const manifestFile = fileURLToPath(new URL("../../../.next/server/server-reference-manifest.json", import.meta.url));
const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as {
  readonly node: Readonly<Record<string, { readonly exportedName: string }>>;
};
const idOf = (name: string): string =>
  Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name)?.[0] ?? "";
const folder = join(kit.home, "flows");
let cookie = "";

beforeAll(async () => {
  await createUser(kit.home, "chen", "engineer");
  cookie = await signIn(kit.url, "chen");
});

/** What the action answered, as it stands in the answer's text. */
const call = async (name: string, ...input: readonly unknown[]): Promise<string> => {
  const response = await fetch(`${kit.url}/start`, {
    method: "POST",
    headers: { cookie, "next-action": idOf(name), "content-type": "text/plain;charset=UTF-8" },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(200);
  return response.text();
};
const yaml = (flow: string): string =>
  `flow: ${flow}\nrecord: { primary: order_no }\nsteps:\n  - { id: placed, system: oms }\n`;

describe("a flow declared in the console", () => {
  it("is checked as the worker checks it, with line and advice, and nothing is written", async () => {
    const answer = await call(
      "checkFlow",
      "flow: x\nrecord: { primary: order_no }\nsteps:\n  - { id: a, sytem: oms }\n",
    );
    expect(answer).toContain('"line":4');
    expect(answer).toContain("system");
    expect(await call("checkFlow", yaml("x"))).toContain('"problems":[]');
    expect(await call("declareFlow", "flow: [")).toContain('"result":"wrong"');
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is written to the flows folder, comes into force, and is audited", async () => {
    expect(await call("declareFlow", yaml("orders"))).toContain('"result":"written"');
    expect(readFileSync(join(folder, "orders.yaml"), "utf8")).toBe(yaml("orders"));
    await waitFor("the flow in force", async () =>
      withControl(kit.home, async ({ definitions }) =>
        (await definitions.listActive()).some((flow) => flow === "orders"),
      ),
    );
    await waitFor("the writing in the audit", async () =>
      withControl(kit.home, async ({ audit }) => {
        const { items } = await audit.list({ by: "chen", action: "flow.written", cursor: null, limit: 9 });
        return items.some(({ object, result }) => object === "flow:orders" && result === "done");
      }),
    );
  });

  it("is never written over a flow or file that is there", async () => {
    expect(await call("declareFlow", yaml("orders"))).toContain('"result":"taken"');
    writeFileSync(join(folder, "kept.yaml"), "# not a flow yet\n");
    expect(await call("declareFlow", yaml("kept"))).toContain('"result":"taken"');
    expect(readFileSync(join(folder, "kept.yaml"), "utf8")).toBe("# not a flow yet\n");
  });

  it("stays inside the folder, whatever its id", async () => {
    expect(await call("declareFlow", yaml('"..secret: x"'))).toContain('"result":"written"');
    expect(existsSync(join(folder, "secret-x.yaml"))).toBe(true);
    expect(await call("declareFlow", yaml('"../up"'))).toContain('"result":"wrong"');
    expect(existsSync(join(kit.home, "up.yaml"))).toBe(false);
  });
});

describe("a source's first token", () => {
  it("may send events, and nothing else", async () => {
    const answer = await call("connectSource");
    const secret = /hop_[\w-]{43}/u.exec(answer)?.[0] ?? "";
    expect(answer).toContain(`${kit.worker.url}/v1/hops`);
    const [token] = await withControl(kit.home, async ({ access }) => access.listTokens());
    expect(token).toMatchObject({ scopes: ["ingest"] });
    const read = await fetch(`${kit.url}/api/v1/flows`, { headers: { authorization: `Bearer ${secret}` } });
    expect(read.status).toBe(403);
    const sent = await waitFor("the worker to know the token", async () => {
      const response = await fetch(`${kit.worker.url}/v1/hops`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify({ system: "oms", keys: { order_no: "SO-1" }, time: Date.now() }),
      });
      return response.status === 202;
    });
    expect(sent).toBe(true);
  });
});
