import { describe, expect, it } from "vitest";
import { sighting, hoplineOf, type Sent } from "#test/support/hopline.ts";

const hopline = hoplineOf({
  "listed.yaml": `
flow: listed
record: { primary: order_no, aliases: [payment_no] }
steps:
  - { id: a, system: listed-a }
  - { id: b, system: listed-b, after: a, within: 10s }
`,
  "paged.yaml":
    "flow: paged\nrecord: { primary: order_no }\nsteps: [{ id: a, system: paged-a }, { id: b, system: paged-b, after: a }]\n",
});
const at = (flow: string, step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, flow, step, order, when, more);
interface Item {
  readonly primary: string;
  readonly state: string;
  readonly reason: string | null;
  readonly step: string | null;
  readonly system: string | null;
  readonly startedAt: string;
  readonly since: string;
}
const list = async (query: string) => {
  const { status, body } = await hopline.get<{ items: readonly Item[]; next: string | null; code?: string }>(
    `/api/v1/journeys?${query}`,
  );
  return { status, ...body };
};
const primaries = async (query: string): Promise<readonly string[]> =>
  (await list(query)).items.map((each) => each.primary);
const failed = (error: Sent): Sent => ({ outcome: "failed", error });

const given = async (): Promise<void> => {
  await hopline.send(
    at("listed", "a", "LIST-DONE", "0s"),
    at("listed", "b", "LIST-DONE", "5s"),
    at("listed", "a", "LIST-LATE", "1s"),
    at("listed", "b", "LIST-LATE", "20s"),
    at("listed", "a", "LIST-LOST", "2s"),
    at("listed", "a", "LIST-FAILED", "3s"),
    at("listed", "b", "LIST-FAILED", "4s", failed({ class: "bad_format", field: "amount" })),
    at("listed", "b", "LIST-TRIED", "3s", failed({ class: "timeout" })),
    at("listed", "b", "LIST-TRIED", "4s"),
  );
  await hopline.heartbeat("listed-b", "1h");
};

describe("the list of journeys", () => {
  it("is newest start first and answers what the record answers", async () => {
    await given();
    await hopline.eventually(async () => {
      expect((await primaries("flow=listed")).toSorted()).toEqual([
        "LIST-DONE",
        "LIST-FAILED",
        "LIST-LATE",
        "LIST-LOST",
        "LIST-TRIED",
      ]);
      const { items } = await list("flow=listed");
      expect(items.map((each) => each.startedAt)).toEqual(
        items
          .map((each) => each.startedAt)
          .toSorted()
          .toReversed(),
      );
      expect(items.find((each) => each.primary === "LIST-FAILED")).toMatchObject({
        state: "failed",
        reason: "bad_format",
        step: "b",
        system: "listed-b",
        since: hopline.at("4s"),
      });
      expect(items.find((each) => each.primary === "LIST-LOST")).toMatchObject({
        state: "overdue",
        reason: "not_seen",
        step: "b",
        since: hopline.at("12s"),
      });
    });
  });

  it("is asked by state, step, reason, system and start, where from is included and to is not", async () => {
    await given();
    await hopline.eventually(async () => {
      expect((await primaries("flow=listed&state=failed,overdue")).toSorted()).toEqual(["LIST-FAILED", "LIST-LOST"]);
      expect(await primaries("flow=listed&state=completed_late")).toEqual(["LIST-LATE"]);
      expect(await primaries("flow=listed&reason=bad_format&step=b")).toEqual(["LIST-FAILED"]);
      expect(await primaries("flow=listed&reason=bad_format&step=a")).toEqual([]);
      expect(await primaries("system=listed-b&state=overdue")).toEqual(["LIST-LOST"]);
      expect((await primaries(`flow=listed&from=${hopline.at("1s")}&to=${hopline.at("3s")}`)).toSorted()).toEqual([
        "LIST-LATE",
        "LIST-LOST",
      ]);
    });
  });

  it("finds by q the beginning or the end of a key, of four characters at least, separators and case forgiven", async () => {
    await given();
    await hopline.eventually(async () => {
      expect((await primaries("flow=listed&q=LIST-L")).toSorted()).toEqual(["LIST-LATE", "LIST-LOST"]);
      expect(await primaries("flow=listed&q=-LOST")).toEqual(["LIST-LOST"]);
      expect(await primaries("flow=listed&q=listlo")).toEqual(["LIST-LOST"]);
      expect(await primaries("flow=listed&q=NOWHERE")).toEqual([]);
    });
  });

  it("is paged so that each journey comes once while others come and change", async () => {
    const orders = Array.from({ length: 60 }, (_, index) => `PAGE-${String(index).padStart(3, "0")}`);
    await hopline.send(...orders.map((order, index) => at("paged", "a", order, `${Math.floor(index / 3)}s`)));
    await hopline.eventually(async () => expect((await list("flow=paged&limit=500")).items).toHaveLength(60));
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(
        `flow=paged&limit=7${next === null ? "" : `&cursor=${encodeURIComponent(next)}`}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(7);
      seen.push(...page.items.map((each) => each.primary));
      next = page.next;
      await hopline.send(
        at("paged", "a", `PAGE-NEW-${seen.length}`, "30m"),
        at("paged", "b", orders[seen.length % 60] ?? "", "1m"),
      );
    } while (next !== null);
    expect(seen.toSorted()).toEqual(orders);
  });

  it("refuses what it cannot answer, as a problem with a code", async () => {
    for (const query of [
      "limit=0",
      "limit=501",
      "limit=x",
      "state=lost",
      "from=yesterday",
      "reason=gremlins",
      "nonsense=1",
    ])
      expect((await list(query)).status).toBe(400);
    expect((await list("limit=500")).status).toBe(200);
    expect(await list("cursor=nonsense")).toMatchObject({ status: 400, code: "invalid_cursor" });
  });
});

describe("a record", () => {
  it("that nobody knows is a 404 problem record_not_found", async () => {
    const answer = await hopline.get("/api/v1/records/order_no/NOBODY");
    expect(answer).toMatchObject({ status: 404, body: { code: "record_not_found", status: 404 } });
  });

  it("is found under any type by _ and by the query form", async () => {
    await given();
    expect((await hopline.record("_", "LIST-DONE")).journeys.map((each) => each.primary)).toEqual(["LIST-DONE"]);
    expect((await hopline.get("/api/v1/records?type=_&value=LIST-DONE")).status).toBe(200);
    expect((await hopline.get("/api/v1/records/payment_no/LIST-DONE")).status).toBe(404);
  });

  it("shows its newest 200 events and counts all", async () => {
    await hopline.send(
      ...Array.from({ length: 205 }, (_, index) => at("paged", "b", "MANY", `${index}s`, { outcome: "retrying" })),
    );
    const journey = await hopline.journey("MANY");
    expect(journey.eventsTotal).toBe(205);
    expect(journey.events).toHaveLength(200);
    expect(journey.events[0]?.time).toBe(hopline.at("204s"));
    expect(journey.steps.find((step) => step.id === "b")?.attempts).toBe(205);
  });

  it("writes times as RFC 3339 UTC with milliseconds", async () => {
    await given();
    const text = JSON.stringify(await hopline.record("order_no", "LIST-LOST"));
    const times = text.match(/"\d{4}-\d\d-\d\dT[^"]*"/gu) ?? [];
    expect(times.length).toBeGreaterThan(5);
    for (const time of times) expect(time).toMatch(/^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"$/u);
  });
});

describe("a look-up", () => {
  it("answers one line for each of up to 500 pasted keys, in their order", async () => {
    await given();
    const keys = ["LIST-LOST", ...Array.from({ length: 498 }, (_, index) => `NOBODY-${index}`), "LIST-DONE"];
    const { status, body } = await hopline.ask<{
      items: readonly { key: string; found: boolean; journeys: readonly { state: string }[] }[];
    }>("/api/v1/records/lookup", { keys });
    expect(status).toBe(200);
    expect(body.items.map((each) => each.key)).toEqual(keys);
    expect(body.items.filter((each) => each.found).map((each) => [each.key, each.journeys[0]?.state])).toEqual([
      ["LIST-LOST", "overdue"],
      ["LIST-DONE", "completed"],
    ]);
    expect((await hopline.ask("/api/v1/records/lookup", { keys: [...keys, "ONE-MORE"] })).status).toBe(400);
    expect((await hopline.ask("/api/v1/records/lookup", { keys: "LIST-LOST" })).status).toBe(400);
  });
});

describe("failures", () => {
  it("count journeys failed or overdue, at the verdict's step, by since; attempts=true counts failed events", async () => {
    await given();
    interface Failures {
      readonly total: number;
      readonly groups: readonly {
        readonly group: Readonly<Record<string, string | null>>;
        readonly count: number;
        readonly samples: readonly { readonly primary: string }[];
      }[];
    }
    const ask = async (query: string): Promise<Failures> =>
      (await hopline.get<Failures>(`/api/v1/failures?${query}`)).body;
    await hopline.eventually(async () => {
      const { groups, total } = await ask("flow=listed&group=step,class,field");
      expect(total).toBe(2);
      expect(groups).toContainEqual(
        expect.objectContaining({
          count: 1,
          group: { step: "b", class: "bad_format", field: "amount" },
          samples: [expect.objectContaining({ primary: "LIST-FAILED" })],
        }),
      );
      expect((await ask(`flow=listed&group=flow&from=${hopline.at("5s")}&to=${hopline.at("13s")}`)).total).toBe(1);
      const attempts = await ask("flow=listed&group=class&attempts=true");
      expect(attempts.groups.map((each) => `${each.group["class"] ?? ""} ${each.count}`).toSorted()).toEqual([
        "bad_format 1",
        "timeout 1",
      ]);
    });
  });

  it("are grouped by system, point and signature too, where numbers in a message make no difference", async () => {
    const message = (number: number): Sent => ({
      ...failed({ class: "rejected", message: `order ${number} is too large` }),
      point: "rest:post",
    });
    await hopline.send(at("paged", "b", "SIGN-1", "0s", message(17)), at("paged", "b", "SIGN-2", "0s", message(4_711)));
    await hopline.eventually(async () => {
      const { body } = await hopline.get<{
        groups: readonly { group: Readonly<Record<string, string | null>>; count: number }[];
      }>("/api/v1/failures?flow=paged&group=flow,system,point,signature");
      expect(body.groups).toHaveLength(1);
      expect(body.groups[0]).toMatchObject({
        count: 2,
        group: { flow: "paged", system: "paged-b", point: "rest:post" },
      });
      expect(body.groups[0]?.group["signature"]).toContain("is too large");
    });
  });
});
