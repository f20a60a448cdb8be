import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openControl } from "#lib/storage/open.ts";
import { keepInCluster } from "#test/support/keep-in-cluster.ts";
import { placeOf, storeEnvOf } from "#test/support/store-place.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { newHome, removeHome, startTestWorker, type TestWorker, writeFlows } from "#test/support/worker.ts";

keepInCluster();

const flow = (steps: string): string => `flow: orders\nrecord: { primary: order_no }\nsteps: [${steps}]\n`;
const one = "{ id: placed, system: oms }";
const two = `${one}, { id: paid, system: payment, after: placed }`;

const versionAt = async (worker: TestWorker): Promise<string | undefined> => {
  const body: unknown = await (await fetch(`${worker.url}/readyz`)).json();
  return Object(body).flows?.[0]?.version;
};

describe("flows of several workers", () => {
  test("come into force on all of them, whichever reads the file, and whichever is asked to", async () => {
    const homes = [newHome(), newHome()] as const;
    const [home, another] = homes;
    const env = { ...storeEnvOf(home), HOPLINE_SECRET_FILE: join(home, "secret") };
    const workers: TestWorker[] = [];
    const control = await openControl(placeOf(home), { mode: "command", now: Date.now });
    onTestFinished(async () => {
      await control.close();
      await Promise.all(workers.map(async (worker) => worker.stop()));
      for (const each of homes) removeHome(each);
    });
    for (const each of [home, another])
      workers.push(await startTestWorker({ home: each, flows: { "orders.yaml": flow(one) }, env }));
    const versions = async (): Promise<readonly (string | undefined)[]> => Promise.all(workers.map(versionAt));
    const [first] = await versions();
    expect(await versions()).toEqual([first, first]);

    writeFlows(another, { "orders.yaml": flow(two) });
    const asked = await control.requests.add({ kind: "reload_flows", input: {}, by: "test", createdAt: Date.now() });
    await waitFor("the flows to be read", async () => (await control.requests.find(asked.id))?.state === "done");
    const second = await waitFor("the new version", async () => {
      const [here, there] = await versions();
      return here !== first && here === there ? here : null;
    });
    expect(second).toMatch(/\S/u);
  });
});
