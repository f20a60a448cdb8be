import { describe, expect, it } from "vitest";
import type { HopEvent } from "#lib/event/hop-event.ts";
import { toKeyType } from "#lib/id/id.ts";
import { defaultMaskingPolicy, type MaskingPolicy } from "#lib/privacy/masking-policy.ts";
import { maskEvent, toSearchToken, type MaskedEvent } from "#lib/privacy/mask-event.ts";
import { maskSample, maskText, maxSampleBytes } from "#lib/privacy/mask-text.ts";
import { accepted, hop } from "../event/hop-event-sample.ts";

const hash = (text: string): string => `#${text.length}:${text.split("\0").at(-1)}`;

const mask = (
  event: HopEvent,
  neverMask: readonly string[] = [],
  policy: MaskingPolicy = defaultMaskingPolicy,
): MaskedEvent =>
  maskEvent(event, policy, { neverMask: new Set(neverMask), searchable: new Set([toKeyType("customer_phone")]), hash });

const payloadOf = (payload: unknown, neverMask: readonly string[] = [], policy?: MaskingPolicy): unknown =>
  mask(accepted(hop({ payload })), neverMask, policy).event.payload;

describe("an event before it is kept", () => {
  it("loses what its field names say is personal", () => {
    expect(
      payloadOf({
        phone: "13800138000",
        customerPhone: "021-55556666",
        contact_tel: 13_800_138_000,
        emails: ["bob@example.com", ""],
        receiver_name: "张三",
        shipping_address: "上海市浦东新区世纪大道一百号五楼",
        id_card_no: "11010519491231002X",
        bankCardNo: "6200000000000005",
        password: "hunter2",
        收货人: "李四",
      }),
    ).toEqual({
      phone: "138****8000",
      customerPhone: "021-****6666",
      contact_tel: "138****8000",
      emails: ["b****@example.com", ""],
      receiver_name: "张****",
      shipping_address: "上海市浦东****",
      id_card_no: "110****002X",
      bankCardNo: "6200****0005",
      password: "******",
      收货人: "李****",
    });
  });

  it("keeps what only looks like personal data", () => {
    const payload = {
      order_no: "13800138000",
      orderNo: "4111111111111111",
      user_id: "11010519491231002X",
      trackingCode: "13800138000",
      ip_address: "10.0.0.1",
      tax_no: "91310000MA1FL3K26X",
      name: "Widget",
      amount: 129,
      id: 5,
      created_at: 1_795_427_940_000,
    };
    const event = accepted(hop({ payload }));
    const masked = mask(event);
    expect(masked.event).toBe(event);
    expect(masked.masks).toBeUndefined();
  });

  it("loses what detectors prove in free text and unnamed fields, wherever it stands", () => {
    const event = accepted(
      hop({
        id: "e-1",
        attributes: { remark: "call 13800138000" },
        payload: ["id 11010519491231002X", { deep: [{ note: "w@x.cn, 4111111111111111" }] }, 13_800_138_000],
        error: { class: "rejected", message: "bad phone 13800138000 of bob@example.com", trace: "13800138000" },
        custom: { x: "13800138000" },
      }),
    );
    const masked = mask(event);
    expect(masked.event).toMatchObject({
      attributes: { remark: "call 138****8000" },
      payload: ["id 110****002X", { deep: [{ note: "w****@x.cn, 4111****1111" }] }, "138****8000"],
      error: { class: "rejected", message: "bad phone 138****8000 of b****@example.com" },
      extra: { custom: { x: "138****8000" }, error: { trace: "138****8000" } },
    });
    expect(Object.keys(masked.masks ?? {}).toSorted()).toEqual([
      "/attributes/remark",
      "/error/message",
      "/extra/custom/x",
      "/extra/error/trace",
      "/payload/0",
      "/payload/1/deep/0/note",
      "/payload/2",
    ]);
    expect(JSON.stringify(masked.event)).not.toMatch(/13800138000|bob|110105|4111111111111111/);
  });

  it("notes of each masked text that it was there, how long, in which format, and its keyed hash", () => {
    const { masks } = mask(
      accepted(
        hop({ payload: { "a/b": { email: "张@example.com" }, phone: 13_800_138_000, mail: "bob@example.com" } }),
      ),
    );
    expect({ ...masks }).toEqual({
      "/payload/a~1b/email": {
        rule: "email",
        blank: false,
        length: 13,
        formats: [],
        hash: hash("masked\0张@example.com"),
      },
      "/payload/phone": {
        rule: "phone",
        type: "integer",
        blank: false,
        length: 11,
        formats: ["hostname"],
        hash: hash("masked\x0013800138000"),
      },
      "/payload/mail": {
        rule: "email",
        blank: false,
        length: 15,
        formats: ["email"],
        hash: hash("masked\0bob@example.com"),
      },
    });
  });

  it("keeps every text that equals a primary or alias value, even where its name or digits speak against it", () => {
    const payload = {
      phone: "13800138000",
      note: "13800138000",
      text: "order 13800138000 of 13900139000",
      number: 13_800_138_000,
    };
    expect(payloadOf(payload, ["13800138000"])).toEqual({ ...payload, text: "order 13800138000 of 139****9000" });
  });

  it("keeps its keys, and of those that are only searched for a token and what may be shown", () => {
    const event = accepted(
      hop({
        id: "e-1",
        keys: { order_no: "13800138000", customer_phone: ["13900139000"] },
        payload: { ref: "13900139000", vip: "13900139000!" },
      }),
    );
    const masked = mask(event, ["13800138000"]);
    expect({ ...masked.event.keys }).toEqual({ order_no: ["13800138000"] });
    const key = { type: toKeyType("customer_phone"), value: "13900139000" };
    expect({ ...masked.searchable }).toEqual({
      customer_phone: [{ token: toSearchToken(key, hash), shown: "139****9000" }],
    });
    expect(JSON.stringify(masked)).not.toContain('"13900139000');
  });

  it("masks a searched value elsewhere whatever its field is called", () => {
    const event = accepted(
      hop({ keys: { order_no: "A", customer_phone: "555-12" }, payload: { order_id: "555-12", other: "555-13" } }),
    );
    expect(mask(event).event.payload).toEqual({ order_id: "****12", other: "555-13" });
  });

  it("is not changed itself, and what is not masked is not copied", () => {
    const event = accepted(hop({ payload: { phone: "13800138000", lines: [{ sku: "A" }] } }));
    const before = JSON.stringify(event);
    const masked = mask(event).event;
    expect(JSON.stringify(event)).toBe(before);
    expect((masked.payload as { lines: unknown }).lines).toBe((event.payload as { lines: unknown }).lines);
  });

  it("survives members named like those of every object", () => {
    const payload: unknown = JSON.parse(
      '{"__proto__":{"phone":"13800138000"},"constructor":{"mobile":"13800138000"},"toString":"x"}',
    );
    const masked = payloadOf(payload);
    expect(JSON.stringify(masked)).toBe(
      '{"__proto__":{"phone":"138****8000"},"constructor":{"mobile":"138****8000"},"toString":"x"}',
    );
  });

  it("keeps everything where masking is off, but never searched values", () => {
    const event = accepted(
      hop({ keys: { order_no: "A", customer_phone: "13900139000" }, payload: { phone: "13800138000" } }),
    );
    const masked = mask(event, [], { ...defaultMaskingPolicy, enabled: false });
    expect(masked.event.payload).toEqual({ phone: "13800138000" });
    expect(masked.searchable).toBeDefined();
  });
});

describe("a sample", () => {
  it("passes the text detectors", () => {
    expect(maskText('{"phone":"13800138000"', defaultMaskingPolicy)).toBe('{"phone":"138****8000"');
    const letter =
      '{"keys":{"order_no":"13800138000","orderNo":["1", "13800138000"],"tel":"13900139000"},"a":"13800138000"}';
    expect(maskText(letter, defaultMaskingPolicy)).toBe(
      '{"keys":{"order_no":"13800138000","orderNo":["1", "13800138000"],"tel":"139****9000"},"a":"138****8000"}',
    );
    expect(maskText("13800138000", { ...defaultMaskingPolicy, enabled: false })).toBe("13800138000");
  });

  it("is cut at 64 KiB of UTF-8, between characters, with nothing personal left at the cut", () => {
    expect(maskSample("short", defaultMaskingPolicy)).toEqual({ text: "short", cut: false });
    const long = maskSample("单".repeat(30_000), defaultMaskingPolicy);
    expect(long.cut).toBe(true);
    expect(new TextEncoder().encode(long.text).length).toBeLessThanOrEqual(maxSampleBytes);
    expect(long.text).toBe("单".repeat(Math.floor(maxSampleBytes / 3)));
    const divided = maskSample(`${" ".repeat(maxSampleBytes - 8)}13800138000 and more`, defaultMaskingPolicy);
    expect(divided).toEqual({ text: `${" ".repeat(maxSampleBytes - 8)}138****8`, cut: true });
    const exact = "x".repeat(maxSampleBytes);
    expect(maskSample(exact, defaultMaskingPolicy)).toEqual({ text: exact, cut: false });
    expect(maskSample("😀".repeat(20_000), defaultMaskingPolicy).text.isWellFormed()).toBe(true);
  });
});
