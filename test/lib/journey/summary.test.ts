import { describe, expect, it } from "vitest";
import type { CheckResult } from "#lib/contract/check-result.ts";
import type { ErrorClass } from "#lib/event/hop-event.ts";
import { toSourceId } from "#lib/id/id.ts";
import { summaryWithAlike } from "#lib/journey/summary-with-alike.ts";
import type { People } from "#lib/people/people.ts";
import { at, eventOf, judged, seenTo, versionOf } from "#test/support/journey-builder.ts";

const people: People = {
  systems: {
    oms: { title: { en: "Order centre", zh: "订单中心" } },
    crm: { title: { en: "CRM", zh: "CRM" } },
    finance: { title: { en: "Finance", zh: "财务" } },
  },
  teams: {
    "sales-ops": { title: { en: "Sales-Ops", zh: "销售运营" } },
    integration: { title: { en: "Integration", zh: "集成组" } },
    support: { title: { en: "Support", zh: "客服支持" } },
  },
};
const version = versionOf({
  placed: { system: "oms" },
  received: { system: "crm", after: "placed", title: { en: "CRM received", zh: "CRM 接收" } },
  exported: { system: "crm", after: "received", title: { en: "CRM export", zh: "CRM 导出" }, sends: false },
  posted: { system: "finance", after: "exported", within: 5, contract: "c" },
});
const missing: CheckResult = {
  result: "breached",
  findings: [{ kind: "missing_field", field: "tax_no", expected: "required" }],
};
const malformed: CheckResult = {
  result: "breached",
  findings: [{ kind: "bad_format", field: "tax_no", title: "税号", expected: "minLength 15" }],
};
const fine: CheckResult = { result: "ok" };
/** 10:02:11 in Shanghai. */
const upTo = (c: CheckResult) =>
  ["placed", "received", "exported"].map((step, i) => eventOf({ t: 129 + i, step, payload: { a: 1 }, checks: { c } }));
const now = at(10_936);
const say = (events: Parameters<typeof judged>[1], more: Parameters<typeof judged>[2] = {}, of = version) =>
  judged(of, events, { now, people, ...more }).verdict.summary;
const attempt = (name: ErrorClass, more: object = {}) =>
  eventOf({ t: 133, step: "posted", outcome: "failed", error: { class: name, ...more } });

describe("the sentence of an overdue journey", () => {
  it("tells record, last place, where it never came, due and late, and the cause", () => {
    expect(say(upTo(missing))).toEqual({
      en: "SO-1042 reached CRM export at 10:02:11 and never reached Finance (due 10:02:16, 3 h overdue): `tax_no` was empty in the CRM export data; Finance requires it.",
      zh: "SO-1042 在 10:02:11 到达 CRM 导出，之后没有到达财务（应于 10:02:16，逾期 3 小时）：CRM 导出里的 `tax_no` 是空的，财务必填。",
    });
  });

  it("names a field as people do, with its id", () => {
    expect(say(upTo(malformed))).toEqual({
      en: "SO-1042 reached CRM export at 10:02:11 and never reached Finance (due 10:02:16, 3 h overdue): 税号 (`tax_no`) in the CRM export data is not in the form Finance requires (minLength 15).",
      zh: "SO-1042 在 10:02:11 到达 CRM 导出，之后没有到达财务（应于 10:02:16，逾期 3 小时）：CRM 导出里的税号（`tax_no`）不符合财务要求的格式（minLength 15）。",
    });
  });

  it("tells what was received and not processed", () => {
    const received = eventOf({ t: 135, step: "posted", operation: "receive" });
    expect(say([...upTo(fine), received])).toEqual({
      en: "SO-1042 reached CRM export at 10:02:11 and was received but not processed at Finance (due 10:02:16, 3 h overdue): Finance received it at 10:02:15 and reported nothing since.",
      zh: "SO-1042 在 10:02:11 到达 CRM 导出，之后送到了财务但没有处理（应于 10:02:16，逾期 3 小时）：财务在 10:02:15 收到，之后没有消息。",
    });
  });

  it("tells what was sent and lost, or never sent", () => {
    const sent = eventOf({ t: 132, step: "exported", operation: "send" });
    expect(say([...upTo(fine), sent]).en).toMatch(/: CRM export sent it at 10:02:12 and it was not received\.$/);
    expect(say([...upTo(fine), sent]).zh).toMatch(/：CRM 导出在 10:02:12 已发出，之后没有收到。$/);
    const sending = versionOf({
      placed: { system: "oms", sends: true },
      posted: { system: "finance", after: "placed", within: 5 },
    });
    expect(say([eventOf({ t: 129, step: "placed" })], {}, sending)).toEqual({
      en: "SO-1042 reached Order centre at 10:02:09 and never reached Finance (due 10:02:14, 3 h overdue): Order centre finished it and sent nothing on.",
      zh: "SO-1042 在 10:02:09 到达订单中心，之后没有到达财务（应于 10:02:14，逾期 3 小时）：订单中心已处理完，没有往下发出。",
    });
  });

  it("tells an outage by its numbers, and says when nothing more is known", () => {
    const outage = say(upTo(fine), { population: () => ({ due: 50, missing: 45 }) });
    expect(outage.en).toMatch(/: 45 of 50 records due there within 5 minutes of it are missing\.$/);
    expect(outage.zh).toMatch(/：前后 5 分钟应到的 50 张里有 45 张没到。$/);
    expect(say(upTo(fine)).en).toMatch(/: its sources are reporting and have not seen it; no cause is known\.$/);
    expect(say(upTo(fine)).zh).toMatch(/：来源都在正常报告，没有看到这张，原因还不清楚。$/);
  });

  it("names the values that are missing, three of them at most", () => {
    const per = versionOf({
      placed: { system: "oms" },
      shipped: { system: "finance", after: "placed", within: 5, per: "waybill_no" },
    });
    const placed = eventOf({ t: 129, step: "placed", waybills: ["W-1", "W-2", "W-3", "W-4"] });
    expect(say([placed], {}, per).en).toContain("and `waybill_no` W-1, W-2, W-3 and 1 more never reached Finance");
    expect(say([placed], {}, per).zh).toContain("之后 `waybill_no` W-1、W-2、W-3 等 4 个没有到达财务");
  });
});

describe("the sentence of a failed journey", () => {
  const causes: readonly (readonly [ErrorClass, string, string])[] = [
    ["missing_field", "Finance reported that `x` was missing (code F-1).", "财务反馈缺少 `x`（代码 F-1）。"],
    ["bad_format", "Finance reported a bad format in `x` (code F-1).", "财务反馈 `x` 格式不符（代码 F-1）。"],
    ["rejected", "Finance did not accept it (`x`, code F-1).", "财务没有接受（`x`，代码 F-1）。"],
    ["timeout", "Finance did not answer in time (`x`, code F-1).", "财务没有及时应答（`x`，代码 F-1）。"],
    ["unreachable", "Finance could not be reached (`x`, code F-1).", "连不上财务（`x`，代码 F-1）。"],
    [
      "circuit_open",
      "calls to Finance are paused after earlier errors (`x`, code F-1).",
      "因此前连续出错，对财务的调用已暂停（`x`，代码 F-1）。",
    ],
    [
      "conflict",
      "it conflicts with what Finance already holds (`x`, code F-1).",
      "与财务已有的数据冲突（`x`，代码 F-1）。",
    ],
    ["unauthorized", "Finance did not grant access (`x`, code F-1).", "财务没有准许访问（`x`，代码 F-1）。"],
    [
      "unknown",
      "Finance reported an error without saying of which kind (`x`, code F-1).",
      "财务报告了错误，没有说明是哪一类（`x`，代码 F-1）。",
    ],
  ];

  it.each(causes)("tells %s", (name, en, zh) => {
    expect(say([...upTo(fine), attempt(name, { field: "x", code: "F-1" })], { now: at(134) })).toEqual({
      en: `SO-1042 reached CRM export at 10:02:11 and failed at Finance at 10:02:13 (due 10:02:16): ${en}`,
      zh: `SO-1042 在 10:02:11 到达 CRM 导出，10:02:13 在财务失败（应于 10:02:16）：${zh}`,
    });
  });

  it("tells fields that were not named", () => {
    expect(say([...upTo(fine), attempt("missing_field")]).en).toMatch(/: Finance reported a missing field\.$/);
    expect(say([...upTo(fine), attempt("bad_format")]).zh).toMatch(/：财务反馈格式不符。$/);
  });

  it("tells how late it is by now", () => {
    expect(say([...upTo(fine), attempt("timeout")]).en).toContain("(due 10:02:16, 3 h overdue)");
  });
});

describe("the sentence of a journey that can't be told", () => {
  it("says which source is silent since when", () => {
    expect(say(upTo(fine), { eyes: () => [seenTo(100, "finance-importer")] })).toEqual({
      en: "SO-1042 reached CRM export at 10:02:11; can't tell whether it reached Finance (due 10:02:16): source `finance-importer` silent since 10:01:40.",
      zh: "SO-1042 在 10:02:11 到达 CRM 导出；无法判断是否到达财务（应于 10:02:16）：来源 `finance-importer` 自 10:01:40 没有消息。",
    });
  });

  it("says that nothing has ever reported the step, or that its source never spoke", () => {
    expect(say(upTo(fine), { eyes: () => [] }).zh).toMatch(/：从来没有来源报告过财务。$/);
    const silent = [{ source: toSourceId("finance-importer"), watermark: -Infinity }];
    expect(say(upTo(fine), { eyes: () => silent }).zh).toMatch(/：来源 `finance-importer` 还没有发过消息。$/);
  });
});

describe("the sentence of a journey without trouble", () => {
  const done = eventOf({ t: 134, step: "posted" });

  it("tells that it is complete", () => {
    expect(say([...upTo(fine), done])).toEqual({
      en: "SO-1042 is complete: it reached Finance at 10:02:14.",
      zh: "SO-1042 已完成：10:02:14 到达财务。",
    });
  });

  it("tells that it came late, by how much and when it was due", () => {
    const late = eventOf({ t: 12_016, step: "posted" });
    expect(say([...upTo(fine), late])).toEqual({
      en: "SO-1042 is complete: it reached Finance at 13:20:16, 3 h 18 min late (due 10:02:16).",
      zh: "SO-1042 已完成：13:20:16 到达财务，晚了 3 小时 18 分（应于 10:02:16）。",
    });
  });

  it("tells that it healed after failed attempts", () => {
    expect(say([...upTo(fine), attempt("timeout"), attempt("timeout"), done])).toEqual({
      en: "SO-1042 is complete: it reached Finance at 10:02:14 after 2 failed attempts.",
      zh: "SO-1042 已完成：10:02:14 到达财务，此前失败 2 次。",
    });
  });

  it("tells what nobody reported on the way", () => {
    expect(say([...upTo(fine).slice(0, 1), done]).en).toMatch(/; nothing reported CRM received, CRM export\.$/);
    expect(say([...upTo(fine).slice(0, 1), done]).zh).toMatch(/；没有收到 CRM 接收、CRM 导出的消息。$/);
  });

  it("tells where it is and what is next, due when", () => {
    expect(say(upTo(fine), { now: at(133) })).toEqual({
      en: "SO-1042 reached CRM export at 10:02:11; next is Finance (due 10:02:16).",
      zh: "SO-1042 在 10:02:11 到达 CRM 导出；下一步是财务（应于 10:02:16）。",
    });
    const retry = eventOf({ t: 132, step: "posted", outcome: "retrying" });
    expect(say([...upTo(fine), retry], { now: at(133) }).en).toMatch(
      /next is Finance \(due 10:02:16\), being retried after 1 attempt\.$/,
    );
    const received = eventOf({ t: 129, step: "placed", operation: "receive" });
    expect(say([received], { now: at(133) })).toEqual({
      en: "SO-1042 was first seen at 10:02:09; next is Order centre.",
      zh: "SO-1042 在 10:02:09 第一次出现；下一步是订单中心。",
    });
  });

  it("tells that it was closed", () => {
    const ending = versionOf({
      placed: { system: "oms" },
      cancelled: { ends: true, title: { en: "Cancelled", zh: "取消" } },
    });
    expect(say([eventOf({ t: 129, step: "placed" }), eventOf({ t: 130, step: "cancelled" })], {}, ending)).toEqual({
      en: "SO-1042 was closed at 10:02:10 (Cancelled); nothing more is expected.",
      zh: "SO-1042 在 10:02:10 结束（取消），不再等待其他步骤。",
    });
  });
});

describe("names and times in a sentence", () => {
  it("are the step's title, else the system's, else its id, with the step where two share a system", () => {
    const plain = versionOf({
      a: { system: "crm" },
      b: { system: "crm", after: "a" },
      c: { system: "wms", after: "b", within: 5 },
    });
    const events = [eventOf({ t: 129, step: "a" }), eventOf({ t: 131, step: "b" })];
    expect(say(events, {}, plain).en).toContain("SO-1042 reached CRM (b) at 10:02:11 and never reached wms");
    expect(say(events, {}, plain).zh).toContain("到达 CRM（b），之后没有到达 wms（应于");
  });

  it("take the other language where one is missing, and ids named like JavaScript's own as they are", () => {
    const odd = versionOf({ a: { system: "constructor" }, b: { after: "a", within: 5, title: { zh: "入账" } } });
    expect(say([eventOf({ t: 129, step: "a" })], {}, odd).en).toContain(
      "reached constructor at 10:02:09 and never reached 入账",
    );
  });

  it("are in the zone given, with the day where it is another", () => {
    expect(say(upTo(fine), { timeZone: "UTC" }).en).toContain("reached CRM export at 02:02:11");
    const nextDay = { now: at(100_000) };
    expect(say(upTo(fine), nextDay).en).toContain(
      "at 23 Nov 10:02 and never reached Finance (due 23 Nov 10:02, 1 d 4 h overdue)",
    );
    expect(say(upTo(fine), nextDay).zh).toContain(
      "在 11-23 10:02 到达 CRM 导出，之后没有到达财务（应于 11-23 10:02，逾期 1 天 4 小时）",
    );
  });

  it("leave the record's own key as it is", () => {
    expect(say(upTo(fine), { primary: "订单SO-1" }).zh).toMatch(/^订单SO-1 在/);
  });
});

describe("how many are alike, and who is responsible", () => {
  const summary = { en: "It never came.", zh: "没有到达。" };
  const owners = { provides: "sales-ops", processes: "integration", monitors: "support" };
  const alike = { others: 14, since: at(-120), now, timeZone: "Asia/Shanghai", state: "overdue" as const };

  it("follow the sentence", () => {
    expect(summaryWithAlike(summary, alike, owners, people)).toEqual({
      en: "It never came. 14 others fail the same way since 09:58:00. Provided by Sales-Ops, processed by Integration, monitored by Support.",
      zh: "没有到达。另有 14 张自 09:58:00 起同样没有到达或失败。提供：销售运营，处理：集成组，监控：客服支持。",
    });
  });

  it("are left out where there are none", () => {
    expect(summaryWithAlike(summary, null, {}, people)).toEqual(summary);
    expect(summaryWithAlike(summary, { ...alike, others: 0 }, {}, people)).toEqual(summary);
  });

  it("speak of one in the singular, of what can't be told as such, and of the roles there are", () => {
    expect(summaryWithAlike(summary, { ...alike, others: 1 }, { monitors: "night-shift" }, people).en).toBe(
      "It never came. 1 other fails the same way since 09:58:00. Monitored by night-shift.",
    );
    expect(summaryWithAlike(summary, { ...alike, state: "unknown" }, {}, people).en).toBe(
      "It never came. The same can't be told of 14 more since 09:58:00.",
    );
  });
});
