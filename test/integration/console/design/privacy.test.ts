import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zstdDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { openClusterView } from "#test/support/cluster-view.ts";
import { sighting, hoplineOf, type Sent } from "#test/support/hopline.ts";

const contract = `{ type: object, required: [mobile], properties: { mobile: { type: string, pattern: "^1[0-9]{10}$", minLength: 11 } } }`;
const flowText = (extra: string, from = ""): string => `
flow: private
${from}record: { primary: order_no, aliases: [payment_no], searchable: [customer_phone] }
steps:
  - { id: placed, system: private-oms }
  - { id: posted, system: private-finance, after: placed, within: 10s, contract: ${extra} }
`;
const hopline = hoplineOf({ "private.yaml": flowText(contract) });
const at = (step: string, order: string, when: string, more: Sent = {}): Sent =>
  sighting(hopline, "private", step, order, when, more);

// Valid by their own check digits, and nobody's.
const phone = "13812348000";
const other = "13912348111";
const idCard = "11010519491231002X";
const bankCard = "6222021234567890128".slice(0, 18);
const luhn = (digits: string): string => {
  const sum = [...digits].toReversed().reduce((all, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};
const card = luhn(bankCard);

const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const inflated = (blob: Uint8Array): readonly Buffer[] => {
  try {
    return Buffer.from(blob.subarray(0, 4)).equals(zstdMagic) ? [zstdDecompressSync(blob)] : [];
  } catch {
    return [];
  }
};

/** Everything that a compressed column of a database hides from a plain search. */
const hiddenIn = (file: string): readonly Buffer[] => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables
      .flatMap(({ name }) => database.prepare(`SELECT * FROM "${String(name)}"`).all())
      .flatMap((row) => Object.values(row).filter((value) => value instanceof Uint8Array))
      .flatMap(inflated);
  } finally {
    database.close();
  }
};

/** Files of the home, and indices where it keeps everything in a cluster, that hold the value. */
const onDisk = async (value: string): Promise<readonly string[]> => {
  const files = readdirSync(hopline.home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) =>
      [readFileSync(file), ...(file.endsWith(".db") ? hiddenIn(file) : [])].some((all) => all.includes(value)),
    );
  const view = openClusterView(hopline.home);
  const indices = (await view?.indicesWith(value)) ?? [];
  await view?.close();
  return [...files, ...indices];
};

describe("personal data", () => {
  it("is in no answer and in no file, wherever in the event it stood", async () => {
    await hopline.send(
      at("placed", "PD-1", "0s", {
        keys: { order_no: "PD-1", customer_phone: phone },
        payload: {
          mobile: other,
          contact: { email: "li.lei@example.com", receiver_name: "韩梅梅" },
          remark: `未脱敏的备注 ${phone} 或身份证 ${idCard}`,
          lines: [{ note: `card ${card}` }],
        },
        attributes: { note: `call ${other}` },
        outcome: "retrying",
        error: { class: "timeout", message: `no answer from ${phone}` },
      }),
    );
    const rejected = await hopline.offer({
      ...at("placed", "PD-2", "0s"),
      keys: { order_no: " " },
      payload: { remark: `phone ${phone}, id ${idCard}`, mobile: other },
    });
    expect(rejected.rejected).toHaveLength(1);
    const answers = JSON.stringify([
      await hopline.record("order_no", "PD-1"),
      (await hopline.get("/api/v1/deadletters")).body,
    ]);
    expect(answers).toContain("138****8000");
    for (const value of [phone, other, idCard, card, "li.lei@example.com", "韩梅梅"])
      expect(answers).not.toContain(value);
    await hopline.restartWorker();
    for (const value of [phone, other, idCard, card, "li.lei@example.com", "韩梅梅"])
      expect(await onDisk(value)).toEqual([]);
    // the search bites: what is not masked is found inside compressed blocks too
    expect((await onDisk("未脱敏的备注")).length).toBeGreaterThan(0);
  });

  it("keeps its facts: present, blank, length, format and a keyed hash", async () => {
    await hopline.send(
      at("placed", "FACTS", "0s", { payload: { email: "li.lei@example.com", mobile: "" } }),
      at("placed", "FACTS", "1s", { payload: { email: "li.lei@example.com", mobile: other } }),
    );
    const [later, first] = (await hopline.journey("FACTS")).events;
    expect(later?.masks?.["/payload/email"]).toMatchObject({ blank: false, length: 18, formats: ["email"] });
    expect(later?.masks?.["/payload/email"]?.hash).toBe(first?.masks?.["/payload/email"]?.hash);
    expect(later?.masks?.["/payload/mobile"]).toMatchObject({ blank: false, length: 11 });
  });

  it("is judged by contracts before it is masked", async () => {
    await hopline.send(
      at("placed", "JUDGED-GOOD", "0s", { payload: { mobile: other } }),
      at("placed", "JUDGED-BAD", "0s", { payload: { mobile: "139 1234" } }),
      at("placed", "JUDGED-BLANK", "0s", { payload: { mobile: "" } }),
      at("posted", "EYE", "0s"),
    );
    await hopline.heartbeat("private-posted", "1h");
    expect((await hopline.journey("JUDGED-GOOD")).verdict).toMatchObject({ state: "overdue", reason: "not_seen" });
    expect((await hopline.journey("JUDGED-BAD")).verdict).toMatchObject({
      state: "overdue",
      reason: "bad_format",
      field: "mobile",
    });
    expect((await hopline.journey("JUDGED-BLANK")).verdict).toMatchObject({
      state: "overdue",
      reason: "missing_field",
      field: "mobile",
    });
  });

  it("that was masked is judged by a later contract on what was kept, and is unknown where that does not decide", async () => {
    await hopline.send(
      at("placed", "LATER-BLANK", "0s", { payload: { mobile: "" } }),
      at("placed", "LATER-SHORT", "0s", { payload: { mobile: "1391234" } }),
      at("placed", "LATER-ANY", "0s", { payload: { mobile: other } }),
      at("posted", "EYE", "0s"),
    );
    await hopline.heartbeat("private-posted", "1h");
    await hopline.declare({
      "private.yaml": flowText(
        `{ type: object, required: [mobile], properties: { mobile: { type: string, pattern: "^139", minLength: 9 } } }`,
        `from: "${hopline.at("-1h")}"\n`,
      ),
    });
    await hopline.eventually(async () => {
      const journey = await hopline.journey("LATER-ANY");
      expect(journey.verdict.reason).toBe("not_seen");
      expect(journey.verdict.evidence.filter((each) => each.kind === "contract")).toHaveLength(1);
    }, 5_000);
    expect((await hopline.journey("LATER-BLANK")).verdict).toMatchObject({ reason: "missing_field", field: "mobile" });
    expect((await hopline.journey("LATER-SHORT")).verdict).toMatchObject({ reason: "bad_format", field: "mobile" });
  });
});

describe("what is masked by its name", () => {
  it("is so where it is a number, and in members that Hopline has no name for", async () => {
    await hopline.send(
      at("placed", "NUMBERS", "0s", {
        payload: { mobile: Number(other), amount: 12 },
        contact_phone: other,
        extra_note: `call ${phone}`,
      }),
    );
    const journey = await hopline.journey("NUMBERS");
    expect(journey.events[0]?.payload).toMatchObject({ amount: 12 });
    for (const value of [other, phone]) {
      expect(JSON.stringify(journey)).not.toContain(value);
      expect(await onDisk(value)).toEqual([]);
    }
  });
});

describe("what is not masked", () => {
  it("are primary and alias values, and payload texts equal to one", async () => {
    await hopline.send(
      at("placed", phone, "0s", {
        keys: { order_no: phone, payment_no: card },
        payload: { remark: phone, ref: card, mobile: other },
      }),
    );
    const { journeys } = await hopline.record("order_no", phone);
    expect(journeys[0]?.primary).toBe(phone);
    expect(journeys[0]?.events[0]).toMatchObject({
      keys: { order_no: [phone], payment_no: [card] },
      payload: { remark: phone, ref: card },
    });
    expect(JSON.stringify(journeys)).not.toContain(other);
  });

  it("are numbers of things: names ending _no, _id and code, and digits that prove nothing", async () => {
    const payload = {
      parcel_no: "13712345678",
      batch_id: "13712345679",
      barcode: "13712345670",
      remark: "order 202611231234567",
      quantity: 13712345,
    };
    await hopline.send(at("placed", "THINGS", "0s", { payload }));
    expect((await hopline.journey("THINGS")).events[0]?.payload).toEqual(payload);
  });
});

describe("a searchable value", () => {
  const find = async (value: string): Promise<readonly string[]> => {
    const { status, body } = await hopline.ask<RecordAnswer>("/api/v1/records", { type: "customer_phone", value });
    return status === 200 ? body.journeys.map((each) => each.primary ?? "") : [];
  };

  it("is found by its full value in a body, and by no part of it", async () => {
    await hopline.send(
      at("placed", "SEARCH-1", "0s", { keys: { order_no: "SEARCH-1", customer_phone: "13600001111" } }),
      at("placed", "SEARCH-2", "0s", {
        keys: { order_no: "SEARCH-2", customer_phone: ["13600001111", "13600002222"] },
      }),
    );
    expect((await find("13600001111")).toSorted()).toEqual(["SEARCH-1", "SEARCH-2"]);
    expect(await find("13600002222")).toEqual(["SEARCH-2"]);
    expect(await find("1360000")).toEqual([]);
    expect(await find("136****1111")).toEqual([]);
  });

  it("is never taken from an address", async () => {
    for (const path of [
      "/api/v1/records/customer_phone/13600001111",
      "/api/v1/records?type=customer_phone&value=13600001111",
      "/api/v1/records/_/13600001111",
    ]) {
      expect((await hopline.get(path)).status).toBeGreaterThanOrEqual(400);
    }
  });

  it("is shown masked with the record", async () => {
    const journey = await hopline.journey("SEARCH-1");
    expect(JSON.stringify(journey)).toContain("136****1111");
    expect(JSON.stringify(journey)).not.toContain("13600001111");
  });
});
