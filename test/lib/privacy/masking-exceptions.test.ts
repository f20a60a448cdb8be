import { describe, expect, it } from "vitest";
import { createMaskCounter } from "#ingest/collector/mask-counter.ts";
import { createFieldRules } from "#lib/privacy/field-rules.ts";
import { readMaskCounts } from "#lib/privacy/mask-count.ts";
import { addMaskingException, readMaskingExceptions, withExceptions } from "#lib/privacy/masking-exceptions.ts";
import { defaultMaskingPolicy } from "#lib/privacy/masking-policy.ts";

const exception = { field: "customer_name", by: "wang", at: 1_000 };
const fact = (rule: string) => ({ rule, blank: false, length: 2, formats: [], hash: "h" });

describe("an exception from masking", () => {
  it("lets one name say nothing, and leaves the others and the detectors as they are", () => {
    const policy = withExceptions(null, [exception]) ?? defaultMaskingPolicy;
    const ruleOf = createFieldRules(policy);
    expect(ruleOf("customerName")).toEqual({ rule: null, detect: true });
    expect(ruleOf("buyer_name").rule).toBe("name");
    expect(policy.detectors).toEqual(defaultMaskingPolicy.detectors);
    expect(withExceptions(null, [])).toBeNull();
  });

  it("is kept once, however the name is written, and read from what was kept only", () => {
    const once = addMaskingException([], { ...exception, field: "customerName" });
    expect(once).toEqual([exception]);
    expect(addMaskingException(once, { ...exception, by: "li" })).toBe(once);
    expect(readMaskingExceptions([...once, { field: 1 }, null])).toEqual(once);
    expect(readMaskingExceptions("x")).toEqual([]);
  });
});

describe("what was masked", () => {
  it("is counted by rule and field, told apart by name or by what stood in it, lists and parents looked through", () => {
    const counter = createMaskCounter(5_000);
    counter.note({ "/payload/customer_name": fact("name"), "/payload/remark": fact("phone") }, defaultMaskingPolicy);
    counter.note(
      { "/payload/phones/0": fact("phone"), "/payload/customer_name/first": fact("name") },
      defaultMaskingPolicy,
    );
    const counts = counter.counts();
    expect(counts).toEqual({
      since: 5_000,
      counts: [
        { rule: "name", field: "customer_name", byName: true, count: 2 },
        { rule: "phone", field: "remark", byName: false, count: 1 },
        { rule: "phone", field: "phones", byName: true, count: 1 },
      ],
      others: 0,
    });
    expect(readMaskCounts(JSON.parse(JSON.stringify(counts)))).toEqual(counts);
    expect(readMaskCounts(null)).toBeNull();
  });

  it("keeps a bounded number of fields apart", () => {
    const counter = createMaskCounter(0);
    for (let at = 0; at < 2_500; at += 1) counter.note({ [`/payload/f${at}x`]: fact("phone") }, defaultMaskingPolicy);
    expect(counter.counts().counts).toHaveLength(2_000);
    expect(counter.counts().others).toBe(500);
  });
});
