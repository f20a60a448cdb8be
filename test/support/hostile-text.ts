import { maskingExceptionsSetting } from "#lib/privacy/masking-exceptions.ts";
import { toFlowId } from "#lib/id/id.ts";
import { hashPassword } from "#lib/access/password-hash.ts";
import { goodPassword, quickCost, withControl } from "#test/support/console.ts";
import { newestLetter } from "#test/support/newest-letter.ts";
import type { TestWorker } from "#test/support/worker.ts";

// Markup and formulas in every text that people or systems give, each with a name of its own, and the pages that show them.

/** Of these the text is shown as it was sent or stands in a file, where a quotation mark has a backslash before it. */
const inQuotation = ["letter-text", "file-message"];

/** Leaves a script, makes an image that fails, ends an attribute, and is a formula to a spreadsheet; `name` tells which it is. */
export const hostileText = (name: string): string =>
  `=1+</script><img src=x onerror=hacked('${name}')>'${inQuotation.includes(name) ? "" : '"'}`;
/** As JSON writes it, which YAML reads. */
const quoted = (name: string): string => JSON.stringify(hostileText(name));

/** Who looks on: an administrator with such a name. */
export const hostileName = hostileText("administrator");

/** Every field, by the pages that show it; `[id]` is that of the rejected event. */
export const hostilePages: readonly { readonly path: string; readonly shows: readonly string[] }[] = [
  { path: "/", shows: ["flow-title", "administrator"] },
  { path: "/users", shows: ["administrator", "user"] },
  { path: "/tokens", shows: ["token", "token-source", "token-system"] },
  { path: "/sources", shows: ["source", "flow-title", "step-title"] },
  { path: "/dead-letters", shows: ["letter-text", "letter-source"] },
  { path: "/dead-letters/[id]", shows: ["letter-text", "letter-source"] },
  { path: "/flows", shows: ["flow-title", "file-message"] },
  { path: "/flows/orders", shows: ["flow-title", "step-title", "system-title"] },
  { path: "/record/order_no/SO-1", shows: ["note", "note-by", "closing", "step-title", "team-title"] },
  { path: "/journeys?closed=true", shows: ["flow-title", "step-title"] },
  { path: "/journeys", shows: ["key"] },
  { path: "/failures", shows: ["flow-title", "step-title"] },
  { path: "/settings", shows: ["administrator"] },
  { path: "/settings/data", shows: ["masked-field", "masked-by", "flow-title"] },
  { path: "/audit", shows: ["closing", "audit-object", "audit-detail", "audit-by"] },
];

export const hostileFlows: Readonly<Record<string, string>> = {
  "orders.yaml": [
    "flow: orders",
    `title: { en: ${quoted("flow-title")}, zh: ${quoted("flow-title")} }`,
    "record: { primary: order_no }",
    "steps:",
    `  - { id: placed, system: oms, title: { en: ${quoted("step-title")}, zh: ${quoted("step-title")} } }`,
    "  - { id: posted, system: finance, after: placed, within: 1s, owners: { processes: crew }, sources: [ledger],",
    `      title: { en: ${quoted("step-title")}, zh: ${quoted("step-title")} } }`,
  ].join("\n"),
  "systems.yaml": `finance: { title: { en: ${quoted("system-title")}, zh: ${quoted("system-title")} } }\n`,
  "teams.yaml": `crew: { title: { en: ${quoted("team-title")}, zh: ${quoted("team-title")} } }\n`,
  "broken.yaml": `flow: broken\nsteps: [{ id: a, ${quoted("file-message")}: b }]\n`,
};

/** Puts all of them where they belong; the id of the rejected event. */
export async function plantHostileText(home: string, worker: TestWorker): Promise<string> {
  const flow = toFlowId("orders");
  const now = Date.now();
  const passwordHash = await hashPassword(goodPassword, quickCost);
  const placed = { source: hostileText("source"), step: "placed", system: "oms", time: now - 60_000 };
  await worker.post("/v1/hops", [
    { ...placed, id: "1", keys: { order_no: "SO-1" }, payload: { remark: hostileText("payload") } },
    { ...placed, id: "2", keys: { order_no: hostileText("key") } },
    {
      payload: hostileText("letter-text"),
      source: hostileText("letter-source"),
      step: "placed",
      keys: { order_no: "9" },
    },
  ]);
  await worker.post("/v1/heartbeats", { source: "ledger", time: new Date(now).toISOString() });
  await withControl(home, async ({ access, closings, notes, definitions, audit }) => {
    for (const name of [hostileName, hostileText("user")])
      await access.createUser({ name, role: "administrator", passwordHash, createdAt: now }, "command");
    await access.createToken(
      {
        name: hostileText("token"),
        scopes: ["ingest", "read"],
        role: "support",
        sources: [hostileText("token-source")],
        systems: [hostileText("token-system")],
        createdAt: now,
        expiresAt: null,
        secretHash: "none",
      },
      "command",
    );
    const journey = { flow, primary: "SO-1" };
    await notes.add({ ...journey, at: now, author: "u", by: hostileText("note-by"), text: hostileText("note") });
    await closings.close({ ...journey, at: now, by: "li", reason: hostileText("closing") });
    const exception = { field: hostileText("masked-field"), by: hostileText("masked-by"), at: now };
    const entry = {
      at: now,
      by: hostileText("audit-by"),
      action: "masking_exception.added",
      object: hostileText("audit-object"),
      result: "done",
      detail: { reason: hostileText("audit-detail") },
    } as const;
    await definitions.changeSetting(maskingExceptionsSetting, () => [exception], entry);
    await audit.append([entry]);
  });
  return await newestLetter(home);
}
