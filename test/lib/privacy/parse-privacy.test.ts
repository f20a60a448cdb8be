import { describe, expect, it } from "vitest";
import { toProblemText } from "#lib/declaration/problem.ts";
import { createFieldRules } from "#lib/privacy/field-rules.ts";
import { defaultMaskingPolicy } from "#lib/privacy/masking-policy.ts";
import { parsePrivacy } from "#lib/privacy/parse-privacy.ts";

const policyOf = (text: string) => {
  const parsed = parsePrivacy(text);
  if (parsed.policy === undefined) throw new Error(parsed.problems.map(toProblemText).join("\n"));
  return parsed.policy;
};

const rule = (name: string, text = ""): string | null => createFieldRules(policyOf(text))(name).rule;

describe("privacy.yaml", () => {
  it("changes nothing where it says nothing", () => {
    expect(policyOf("")).toEqual(defaultMaskingPolicy);
    expect(policyOf("masking: on\n")).toEqual(defaultMaskingPolicy);
  });

  it("switches masking and detectors", () => {
    expect(policyOf("masking: off").enabled).toBe(false);
    expect(policyOf("detectors: { bank_card: off, email: false }").detectors).toEqual({
      phone: true,
      id_card: true,
      bank_card: false,
      email: false,
    });
  });

  it("adds and removes field names, however they are spelt", () => {
    const text = "fields:\n  add: { memberNick: name }\n  remove: [customer-name]\n";
    expect(rule("member_nick", text)).toBe("name");
    expect(rule("buyerMemberNick", text)).toBe("name");
    expect(rule("customer_name", text)).toBeNull();
    expect(rule("customer_name")).toBe("name");
    expect(rule("nick", "fields: { add: [nick] }")).toBe("other");
  });

  it("says where it is wrong", () => {
    const problems = (text: string): readonly string[] => (parsePrivacy(text).problems ?? []).map(toProblemText);
    expect(problems("detectors: { phones: off }")).toEqual([
      "detectors.phones: `phones` is not known here; did you mean `phone`?",
    ]);
    expect(problems("fields: { add: { x: nome } }")).toEqual([
      'fields.add.x: "nome" is not a kind of personal data; did you mean `name`?',
    ]);
    expect(problems("masking: maybe")).toEqual([
      'masking: "maybe" is not on or off; write `true`, `false`, `on` or `off`',
    ]);
    expect(problems("[")).toHaveLength(1);
  });
});

describe("a field's name", () => {
  it.each([
    ["phone", "phone"],
    ["Phone", "phone"],
    ["buyerMobileNo", "phone"],
    ["phones", "phone"],
    ["phone_2", "phone"],
    ["tel1", "phone"],
    ["addresses", "address"],
    ["ipAddress", null],
    ["emailAddress", "email"],
    ["phone_id", null],
    ["phonebook", null],
    ["telemetry", null],
    ["nextPageToken", null],
    ["accessToken", "secret"],
    ["customer", null],
    ["constructor", null],
    ["__proto__", null],
    ["手机号", "phone"],
  ])("%s speaks of %s", (name, expected) => {
    expect(rule(name)).toBe(expected);
  });

  it.each([
    ["order_no", false],
    ["orderNo", false],
    ["order_nos", false],
    ["user_id", false],
    ["zipcode", false],
    ["error_code", false],
    ["piano", true],
    ["paid", true],
    ["note", true],
  ])("%s lets detectors look at its text: %s", (name, expected) => {
    expect(createFieldRules(defaultMaskingPolicy)(name).detect).toBe(expected);
  });
});
