import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { JourneyRow } from "#lib/storage/journey-index.ts";
import { toFlowId } from "#lib/id/id.ts";
import { openEvents } from "#lib/storage/open.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";
import { placeOf } from "#test/support/store-place.ts";

let worker: TestWorker | null = null;
afterEach(async () => {
  await worker?.stop();
  if (worker !== null) removeHome(worker.home);
  worker = null;
});

interface Ready {
  readonly status: string;
  readonly flows: readonly { readonly flow: string; readonly version: string }[];
  readonly problems: readonly {
    readonly file: string;
    readonly line: number | null;
    readonly column: number | null;
    readonly message: string;
  }[];
}
const ready = async (): Promise<Ready & { readonly code: number }> => {
  const response = await fetch(`${worker?.url}/readyz`);
  return { code: response.status, ...((await response.json()) as Ready) };
};
const write = (name: string, text: string): void => {
  const file = join(worker?.home ?? "", "flows", name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const flowText = (steps: string, more = ""): string =>
  `flow: orders\nrecord: { primary: order_no, aliases: [payment_no] }\nsteps:\n${steps}${more}`;
const placed = "  - { id: placed, system: oms }\n";
const versionOf = async (flow = "orders"): Promise<string | undefined> =>
  (await ready()).flows.find((each) => each.flow === flow)?.version;

const journeys = async (): Promise<readonly JourneyRow[]> => {
  const storage = await openEvents(placeOf(worker?.home ?? ""), { mode: "reader", now: Date.now });
  try {
    return (await storage.journeys.list({ flows: [toFlowId("orders")] }, { cursor: null, limit: 500 })).items;
  } finally {
    await storage.close();
  }
};

describe("the flows folder", () => {
  test("is in force at the start, and a change is within moments", async () => {
    worker = await startTestWorker({ flows: { "orders.yaml": flowText(placed) } });
    const first = await ready();
    expect(first).toMatchObject({ code: 200, status: "ready", flows: [{ flow: "orders" }], problems: [] });
    write("orders.yaml", flowText(`${placed}  - { id: paid, system: payment, after: placed }\n`));
    await waitFor("the new version", async () => (await versionOf()) !== first.flows[0]?.version);
    write("more.yml", "flow: returns\nrecord: { primary: return_no }\nsteps: [{ id: asked, system: oms }]\n");
    await waitFor("the second flow", async () => await versionOf("returns"));
  });

  test("tells line, column and advice of a bad file, and keeps the last good version in force", async () => {
    worker = await startTestWorker({ flows: { "orders.yaml": flowText(placed) } });
    const version = await versionOf();
    write("orders.yaml", flowText("  - { id: placed, system: oms, withn: 5s }\n"));
    const bad = await waitFor("the problem", async () => {
      const now = await ready();
      return now.problems.length > 0 && now;
    });
    expect(bad.code).toBe(200);
    expect(bad.flows).toMatchObject([{ flow: "orders", version }]);
    expect(bad.problems[0]).toMatchObject({
      file: "orders.yaml",
      line: 4,
      message: expect.stringContaining("within") as unknown,
    });
    expect(bad.problems[0]?.column).toBeGreaterThan(1);
    // Also after a restart, when only the store remembers it.
    await worker.stop();
    worker = await startTestWorker({ home: worker.home });
    expect(await ready()).toMatchObject({ code: 200, flows: [{ flow: "orders", version }] });
    write("orders.yaml", flowText(placed));
    await waitFor("the problem to be gone", async () => (await ready()).problems.length === 0);
    expect(await versionOf()).toBe(version);
  });

  test("is not ready while a file was never good", async () => {
    worker = await startTestWorker({ flows: { "orders.yaml": "flow: [" } });
    expect(await ready()).toMatchObject({
      code: 503,
      status: "not_ready",
      flows: [],
      problems: [{ file: "orders.yaml" }],
    });
    expect((await worker.post("/v1/hops", { step: "placed", time: Date.now(), keys: { order_no: "1" } })).status).toBe(
      202,
    );
    rmSync(join(worker.home, "flows", "orders.yaml"));
    await waitFor("the worker to be ready", async () => (await ready()).code === 200);
  });

  test("refuses contracts and links that lead out of it, and a flow declared twice", async () => {
    worker = await startTestWorker({
      flows: { "a.yaml": flowText(placed), "b.yaml": flowText(`${placed}  - { id: paid, system: p }\n`) },
    });
    const twice = await ready();
    expect(twice.problems).toMatchObject([{ file: "b.yaml", message: expect.stringContaining("a.yaml") as unknown }]);
    rmSync(join(worker.home, "flows", "b.yaml"));
    writeFileSync(join(worker.home, "outside.json"), '{"type":"object"}');
    mkdirSync(join(worker.home, "flows", "contracts"));
    symlinkSync(join(worker.home, "outside.json"), join(worker.home, "flows", "contracts", "linked.json"));
    for (const contract of ["../outside.json", "contracts/linked.json", "/etc/passwd"]) {
      write(
        "a.yaml",
        flowText(
          `  - { id: placed, system: oms }\n  - { id: paid, system: p, after: placed, contract: ${contract} }\n`,
        ),
      );
      await waitFor(`a problem with ${contract}`, async () =>
        (await ready()).problems.some(({ file, message }) => file === "a.yaml" && message.includes(contract)),
      );
    }
  });

  test("keeps events that match nothing, and takes them in when a later version matches them", async () => {
    worker = await startTestWorker();
    const at = Date.now() - 60_000;
    const events = Array.from({ length: 30 }, (_, number) => ({
      id: `e-${number}`,
      step: number % 3 === 2 ? "paid" : "placed",
      time: at + number,
      keys:
        number % 3 === 2 ? { payment_no: `P-${number - 1}` } : { order_no: `SO-${number}`, payment_no: `P-${number}` },
    }));
    expect(await worker.sendHops(events)).toMatchObject({ accepted: 30 });
    write("orders.yaml", flowText(placed));
    await waitFor("the first step's journeys", async () => (await journeys()).length === 20);
    write(
      "orders.yaml",
      flowText(`${placed}  - { id: paid, system: payment, after: placed }\n`, "from: 2020-01-01T00:00:00Z\n"),
    );
    await waitFor("the second step's events, and a judgement by it of those that lack it", async () => {
      const rows = await journeys();
      const states = rows.map(({ eventsTotal, state }) => `${eventsTotal} ${state}`).toSorted();
      return (
        states.join() === [...Array<string>(10).fill("1 in_progress"), ...Array<string>(10).fill("2 completed")].join()
      );
    });
    // Nothing is counted twice after a restart.
    await worker.stop();
    worker = await startTestWorker({ home: worker.home });
    await worker.sendHops(events);
    expect((await journeys()).reduce((sum, row) => sum + row.eventsTotal, 0)).toBe(30);
  });

  test("judges old journeys by the version that was in force when they began, and new ones by the new", async () => {
    worker = await startTestWorker({ flows: { "orders.yaml": flowText(placed) } });
    await worker.sendHops([{ step: "placed", time: Date.now() - 10_000, keys: { order_no: "old" } }]);
    const version = await versionOf();
    write("orders.yaml", flowText(`${placed}  - { id: paid, system: payment, after: placed }\n`));
    await waitFor("the new version", async () => (await versionOf()) !== version);
    await worker.sendHops([{ step: "placed", time: Date.now() + 1_000, keys: { order_no: "new" } }]);
    const rows = await waitFor("both journeys", async () => {
      const now = await journeys();
      return now.length === 2 && now;
    });
    expect(Object.fromEntries(rows.map((row) => [row.primary, row.state]))).toEqual({
      old: "completed",
      new: "in_progress",
    });
  });

  test("notices what changed while no worker ran", async () => {
    worker = await startTestWorker({ flows: { "orders.yaml": flowText(placed) } });
    await worker.sendHops([{ step: "placed", time: Date.now() - 10_000, keys: { order_no: "old" } }]);
    await waitFor("the journey", async () => (await journeys())[0]?.state === "completed");
    await worker.stop();
    const steps = `${placed}  - { id: paid, system: payment, after: placed }\n`;
    worker = await startTestWorker({
      home: worker.home,
      flows: { "orders.yaml": flowText(steps, "from: 2020-01-01T00:00:00Z\n") },
    });
    await waitFor("the journey to be judged again", async () => (await journeys())[0]?.state === "in_progress");
  });

  test("puts sources, people, calendars and the masking policy beside the flows in force", async () => {
    worker = await startTestWorker({
      flows: {
        "orders.yaml": flowText(
          `${placed}  - { id: paid, system: payment, after: placed, within: 1s, sources: [bank] }\n`,
        ),
        "sources.yaml": "bank: { silentAfter: 26h }\n",
        "privacy.yaml": "masking: off\n",
        "systems.yaml": "oms: { title: { en: Orders } }\n",
        "calendars/site.json": JSON.stringify({ id: "site", timeZone: "UTC", weekend: [0, 6], years: {} }),
      },
    });
    expect((await ready()).problems).toEqual([]);
    const time = Date.now() - 60_000;
    await worker.sendHops([
      { step: "placed", time, keys: { order_no: "1" }, payload: { phone: "13800138000" } },
      { step: "audit", time, source: "bank", keys: { order_no: "0" } },
    ]);
    await waitFor(
      "the journey to be overdue, since the bank counts as awake",
      async () => (await journeys()).find((row) => row.primary === "1")?.state === "overdue",
    );
    const storage = await openEvents(placeOf(worker.home), { mode: "reader", now: Date.now });
    expect((await storage.events.scan(null, 1))[0]?.event.payload).toEqual({ phone: "13800138000" });
    await storage.close();
    write("sources.yaml", "");
    await waitFor(
      "the journey to be unknown, since the bank said nothing so late",
      async () => (await journeys()).find((row) => row.primary === "1")?.state === "unknown",
    );
  });
});
