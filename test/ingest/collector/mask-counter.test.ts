import { expect, it } from "vitest";
import { createMaskCounter } from "#ingest/collector/mask-counter.ts";
import type { MaskFact } from "#lib/event/hop-event.ts";
import { defaultMaskingPolicy } from "#lib/privacy/masking-policy.ts";

const fact = (rule: string): MaskFact => ({ rule, blank: false, length: 11, formats: [], hash: "h" });

it("counts by rule and field wherever a field stands, and again under another policy", () => {
  const counter = createMaskCounter(5);
  const note = (policy = defaultMaskingPolicy): void => {
    counter.note({ "/payload/phone": fact("phone"), "/payload/lines/3/phone": fact("phone") }, policy);
    counter.note({ "/payload/lines/17/phone": fact("phone"), "/payload/remark": fact("email") }, policy);
  };
  note();
  note();
  const phones = { rule: "phone", field: "phone", byName: true };
  const mails = { rule: "email", field: "remark", byName: false };
  expect(counter.counts()).toEqual({
    since: 5,
    counts: [
      { ...phones, count: 6 },
      { ...mails, count: 2 },
    ],
    others: 0,
  });

  const { phone: _, ...fields } = defaultMaskingPolicy.fields;
  note({ ...defaultMaskingPolicy, fields });
  expect(counter.counts().counts).toEqual([
    { ...phones, count: 6 },
    { ...mails, count: 3 },
    { ...phones, byName: false, count: 3 },
  ]);
});

it("counts more fields than it tells apart, and more places than it remembers", () => {
  const counter = createMaskCounter(0);
  for (let round = 0; round < 2; round += 1) {
    for (let at = 0; at < 6_000; at += 1)
      counter.note({ [`/payload/list${at}/${at}/mail`]: fact("email") }, defaultMaskingPolicy);
    for (let at = 0; at < 2_500; at += 1) counter.note({ [`/payload/odd${at}x`]: fact("phone") }, defaultMaskingPolicy);
  }
  const { counts, others } = counter.counts();
  expect(counts.find(({ field }) => field === "mail")?.count).toBe(12_000);
  expect(counts).toHaveLength(2_000);
  expect(others + counts.reduce((sum, { count }) => sum + count, 0)).toBe(17_000);
});
