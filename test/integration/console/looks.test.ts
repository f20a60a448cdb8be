import { beforeAll, expect, it } from "vitest";
import { createUser, signIn, withControl } from "#test/support/console.ts";
import { newestLetter } from "#test/support/newest-letter.ts";
import { hoplineOf, sighting } from "#test/support/hopline.ts";

const orders = `
flow: orders
record: { primary: order_no, aliases: [payment_no] }
steps:
  - { id: placed, system: oms }
`;
const hopline = hoplineOf({ "orders.yaml": orders });
beforeAll(async () => {
  await createUser(hopline.home, "erin", "engineer");
  await createUser(hopline.home, "ada", "auditor");
  const keys = { order_no: "SO-1", payment_no: "P-1" };
  await hopline.send(sighting(hopline, "orders", "placed", "SO-1", "-1h", { keys }));
  await hopline.record("order_no", "SO-1");
  await hopline.offer({ step: "placed", system: "oms", keys: {}, time: Date.now() });
});

const open = async (path: string, cookie: string): Promise<void> => {
  const response = await fetch(hopline.consoleUrl + path, { headers: { cookie } });
  expect(response.status).toBe(200);
  await response.text();
};
/** Objects of the entries of one person's action, oldest first, once they are chained: that happens within a second. */
const audited = async (by: string, action: string, count: number): Promise<readonly string[]> =>
  hopline.eventually(async () => {
    const { items } = await withControl(hopline.home, async ({ audit }) =>
      audit.list({ by, action, cursor: null, limit: 100 }),
    );
    if (items.length < count) throw new Error(`only ${items.length} entries of ${action}`);
    return items.map(({ object }) => object).toReversed();
  });

it("audits what an open page reads again and again once a session, and each other record of its own", async () => {
  const path = "/record/payment_no/P-1";
  const [first, second] = [await signIn(hopline.consoleUrl, "erin"), await signIn(hopline.consoleUrl, "erin")];
  for (let times = 0; times < 3; times += 1) await open(path, first);
  await open("/record/order_no/SO-1", first);
  await open(path, second);
  await open(path, second);
  expect(await audited("erin", "record.read", 3)).toEqual([
    "record:payment_no=P-1",
    "record:order_no=SO-1",
    "record:payment_no=P-1",
  ]);
});

it("audits a look anew where the key has come to lead to another record", async () => {
  const cookie = await signIn(hopline.consoleUrl, "erin");
  const before = (await audited("erin", "record.read", 3)).length;
  await open("/record/payment_no/P-1", cookie);
  await hopline.send(
    sighting(hopline, "orders", "placed", "SO-2", "-1h", { keys: { order_no: "SO-2", payment_no: "P-1" } }),
  );
  await hopline.record("order_no", "SO-2");
  for (let times = 0; times < 2; times += 1) await open("/record/payment_no/P-1", cookie);
  const now = await audited("erin", "record.read", before + 2);
  expect(now.filter((object) => object === "record:payment_no=P-1")).toHaveLength(4);
});

it("audits every read of a token", async () => {
  const token = await hopline.tokenOf("support");
  for (let times = 0; times < 3; times += 1) await hopline.record("order_no", "SO-1", token);
  const { items } = await hopline.eventually(async () => {
    const found = await withControl(hopline.home, async ({ audit }) =>
      audit.list({ action: "record.read", cursor: null, limit: 3 }),
    );
    if (found.items.some(({ object }) => object !== "record:order_no=SO-1")) throw new Error("not yet chained");
    return found;
  });
  expect(new Set(items.map(({ by }) => by)).size).toBe(1);
  expect(items[0]?.by).toContain("token:");
});

it("audits a list of dead letters once a question, and the audit's own reading too", async () => {
  const cookie = await signIn(hopline.consoleUrl, "erin");
  for (let times = 0; times < 3; times += 1) await open("/dead-letters", cookie);
  await open("/dead-letters?all=true", cookie);
  const letter = await newestLetter(hopline.home);
  for (let times = 0; times < 2; times += 1) await open(`/dead-letters/${letter}`, cookie);
  expect(await audited("erin", "dead_letters.read", 3)).toEqual([
    "dead_letters:any reason",
    "dead_letters:any reason",
    `dead_letter:${letter}`,
  ]);
  const ada = await signIn(hopline.consoleUrl, "ada");
  for (let times = 0; times < 3; times += 1) await open("/audit", ada);
  await open("/audit?by=erin", ada);
  expect(await audited("ada", "audit.read", 2)).toHaveLength(2);
});
