import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { WatchedTopic } from "#lib/api/watched-topic.ts";
import { createUser } from "#test/support/console.ts";
import { sighting, hoplineOf } from "#test/support/hopline.ts";

const orders = `
flow: orders
record: { primary: order_no, aliases: [waybill_no] }
steps:
  - { id: placed,  system: oms }
  - { id: shipped, system: wms, after: placed, within: 30d }
`;
const hopline = hoplineOf({ "orders.yaml": orders });

interface Told {
  readonly event: string;
  readonly id: string;
}
interface Listening {
  readonly told: readonly Told[];
  readonly status: number;
  readonly type: string | null;
}

let token: string;
const open: AbortController[] = [];
beforeAll(async () => {
  token = await hopline.tokenOf("support");
});
afterEach(() => {
  for (const each of open.splice(0)) each.abort();
});

/** Connects and reads on in the background; `told` grows. */
const listen = async (query: string, headers: Record<string, string> = {}): Promise<Listening> => {
  const control = new AbortController();
  open.push(control);
  const response = await fetch(`${hopline.consoleUrl}/api/v1/stream?${query}`, {
    signal: control.signal,
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream", ...headers },
  });
  const told: Told[] = [];
  const read = async (): Promise<void> => {
    let text = "";
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      const messages = text.split("\n\n");
      text = messages.pop() ?? "";
      for (const message of messages) {
        const [, event = ""] = /^event: (.+)$/mu.exec(message) ?? [];
        const [, id = ""] = /^id: (.+)$/mu.exec(message) ?? [];
        if (event !== "") told.push({ event, id });
      }
    }
  };
  read().catch(() => undefined);
  return { told, status: response.status, type: response.headers.get("content-type") };
};
const heard = async (listening: Listening, event: string, times = 1): Promise<Told> =>
  hopline.eventually(async () => {
    const found = listening.told.filter((each) => each.event === event)[times - 1];
    if (found === undefined) throw new Error(`${times} × ${event} not heard, but ${JSON.stringify(listening.told)}`);
    return found;
  }, 6_000);

describe("a watched record", () => {
  it("is told once to be ready, and then when something came", async () => {
    await hopline.send(sighting(hopline, "orders", "placed", "SO-1", "-1h"));
    const listening = await listen("type=order_no&value=SO-1");
    expect(listening).toMatchObject({ status: 200 });
    expect(listening.type).toContain("text/event-stream");
    await heard(listening, "ready");
    await hopline.send(sighting(hopline, "orders", "shipped", "SO-1", "-30m"));
    await heard(listening, "changed");
  });

  it("is told by whatever key it is watched: when a waiting event finds its record, and when a record first shows up", async () => {
    await hopline.send({
      id: "w",
      source: "wms",
      step: "shipped",
      keys: { waybill_no: "W-2" },
      time: hopline.at("-1h"),
    });
    const waiting = await listen("type=waybill_no&value=W-2");
    const unknown = await listen("value=SO-2");
    await Promise.all([heard(waiting, "ready"), heard(unknown, "ready")]);
    await hopline.send(
      sighting(hopline, "orders", "placed", "SO-2", "-2h", { keys: { order_no: "SO-2", waybill_no: "W-2" } }),
    );
    await Promise.all([heard(waiting, "changed"), heard(unknown, "changed")]);
  });

  it("is told at once when it changed while the browser was connecting again", async () => {
    await hopline.send(sighting(hopline, "orders", "placed", "SO-3", "-1h"));
    const { id } = await heard(await listen("type=order_no&value=SO-3"), "ready");
    await heard(await listen("type=order_no&value=SO-3", { "last-event-id": id }), "ready");
    await hopline.send(sighting(hopline, "orders", "shipped", "SO-3", "-30m"));
    const again = await listen("type=order_no&value=SO-3", { "last-event-id": id });
    await heard(again, "changed");
  });

  it("has a bounded number of watchers, and places become free again", async () => {
    const many: Listening[] = [];
    for (let index = 0; index < 230; index += 1) many.push(await listen("type=order_no&value=SO-1"));
    const refused = many.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThanOrEqual(30);
    for (const each of open.splice(0)) each.abort();
    await hopline.eventually(async () => {
      const { status } = await listen("type=order_no&value=SO-1");
      if (status !== 200) throw new Error("still full");
    }, 6_000);
  });
});

describe("a watched page of the administration", () => {
  const of = async (topic: WatchedTopic): Promise<Listening> => {
    const authorization = `Bearer ${await hopline.tokenOf("administrator")}`;
    const listening = await listen(`of=${topic}`, { authorization });
    expect(listening).toMatchObject({ status: 200 });
    await heard(listening, "ready");
    return listening;
  };

  it("is told when an account or a token is made by another process, and each only of its own", async () => {
    const [users, tokens] = [await of("users"), await of("tokens")];
    await createUser(hopline.home, "newcomer", "support");
    await heard(users, "changed");
    expect(tokens.told.map(({ event }) => event)).toEqual(["ready"]);
    await hopline.tokenOf("auditor");
    await heard(tokens, "changed");
  });

  it("is told of an entry of the audit, a rejected event and a declared flow", async () => {
    const [audit, letters, installation] = [await of("audit"), await of("dead-letters"), await of("installation")];
    await hopline.offer({ step: "placed", system: "oms", keys: {}, time: Date.now() });
    await heard(letters, "changed");
    await hopline.declare({ "refunds.yaml": orders.replace("orders", "refunds") });
    await Promise.all([heard(audit, "changed"), heard(installation, "changed")]);
  });

  it("is followed by nobody who may not open it, and there is no other", async () => {
    for (const topic of ["audit", "dead-letters", "installation", "tokens", "users"] as const) {
      expect((await listen(`of=${topic}`)).status).toBe(403);
    }
    expect((await listen("of=profile")).status).toBe(200);
    expect((await listen("of=secrets")).status).toBe(400);
  });
});
