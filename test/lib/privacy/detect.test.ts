import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect, mayHoldPersonalData } from "#lib/privacy/detect.ts";
import { defaultMaskingPolicy } from "#lib/privacy/masking-policy.ts";
import { passesLuhn } from "#lib/privacy/proof.ts";

const on = defaultMaskingPolicy.detectors;
const found = (text: string): readonly string[] =>
  detect(text, on).map(({ rule, start, end }) => `${rule} ${text.slice(start, end)}`);

describe("the detectors", () => {
  it.each([
    ["13800138000", "phone 13800138000"],
    ["请致电13800138000。", "phone 13800138000"],
    ["tel:19912345678, thanks", "phone 19912345678"],
    ["+8613800138000", "phone 8613800138000"],
    ["+86 13800138000", "phone 13800138000"],
    ["+86-13800138000", "phone 13800138000"],
    ["call 13800138000.", "phone 13800138000"],
    ["11010519491231002X", "id_card 11010519491231002X"],
    ["身份证:11010519491231002x,", "id_card 11010519491231002x"],
    ["4111111111111111", "bank_card 4111111111111111"],
    ["卡号6200000000000005", "bank_card 6200000000000005"],
    ["6200 0000 0000 0005", "bank_card 6200 0000 0000 0005"],
    ["5500-0055-5555-5559", "bank_card 5500-0055-5555-5559"],
    ["bob.smith+x@mail.example.com", "email bob.smith+x@mail.example.com"],
    ["写信到wang@example.cn。", "email wang@example.cn"],
    ["<bob@example.com>", "email bob@example.com"],
  ])("find in %j the %s", (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    // Order numbers have 11 to 18 digits.
    "12345678901",
    "10800138000",
    "138001380001",
    "SO13800138000",
    "SO-13800138000",
    "SO_13800138000",
    "13800138000-2",
    "13800138000A",
    "0.13800138000",
    "13800138000.5",
    // A wrong check character, no such region, no such day.
    "110105194912310021",
    "99010519491231002X",
    "11010519491331002X",
    // Luhn fails; Luhn holds but no issuer begins so; too long.
    "4111111111111112",
    "1111111111111117",
    "41111111111111111111",
    "A4111111111111111",
    "4111 1111 1111 1112",
    "2026-11-23 10:02:11.120",
    "user@localhost",
    "@example.com",
    "a@b",
    "a@-b.com",
    "1@2.3",
    "",
  ])("prove nothing by %j", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("find everything in a longer text, in order", () => {
    expect(found("王 13800138000 / w@x.cn / 11010519491231002X / 4111111111111111")).toEqual([
      "phone 13800138000",
      "email w@x.cn",
      "id_card 11010519491231002X",
      "bank_card 4111111111111111",
    ]);
  });

  it("find only what is switched on", () => {
    const text = "13800138000 w@x.cn 11010519491231002X 4111111111111111";
    expect(detect(text, { ...on, phone: false, email: false }).map((one) => one.rule)).toEqual([
      "id_card",
      "bank_card",
    ]);
    expect(
      detect(text, { phone: false, id_card: false, bank_card: false, email: true }).map((one) => one.rule),
    ).toEqual(["email"]);
  });

  it("find the same with and without the quick look before", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "13800138000",
        "11010519491231002X",
        "4111111111111111",
        "6200 0000 0000 0005",
        "w@x.cn",
        "@",
        "-",
        " ",
        ".",
        "号",
      ),
      fc.stringMatching(/^[0-9]{1,12}$/),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join("");
        if (detect(`${text} 00000000000`, on).some((one) => one.end <= text.length))
          expect(mayHoldPersonalData(text)).toBe(true);
        let end = 0;
        for (const one of detect(text, on)) {
          expect(one.start).toBeGreaterThanOrEqual(end);
          expect(one.end).toBeGreaterThan(one.start);
          end = one.end;
        }
      }),
    );
  });

  it("need time that grows with the text only", () => {
    for (const piece of ["a", "@", "a@", "1", "1111-", "1111 ", "a.", "138"]) {
      const text = piece.repeat(1_000_000 / piece.length);
      expect(detect(text, on).length).toBeGreaterThanOrEqual(0);
    }
  });

  it("know a card number by its check digit", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{12,18}$/), (digits) => {
        const valid = Array.from({ length: 10 }, (_, check) => `${digits}${check}`).filter(passesLuhn);
        expect(valid).toHaveLength(1);
      }),
    );
  });
});
