import { describe, expect, it } from "vitest";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { hopSkewMs } from "#lib/journey/hop-skew.ts";
import { judgeWaiting } from "#lib/journey/judge-waiting.ts";
import { versionFor } from "#lib/journey/version-for.ts";
import { at, contextOf, eventOf, factsOf, statuses, versionOf } from "#test/support/journey-builder.ts";

describe("a key known only from waiting events", () => {
  const version = versionOf({
    placed: {},
    paid: { system: "payment", after: "placed", within: 5 },
    posted: { after: "paid", within: 5 },
  });
  const paid: StoredEvent = eventOf({ t: 131, step: "paid", keys: { payment_no: ["P-9"] } });
  const waiting = judgeWaiting(factsOf(version, [paid]), version, { ...contextOf(), primary: "P-9" });

  it("is unknown because it waits for a link, since its first event", () => {
    expect(waiting.verdict).toMatchObject({
      state: "unknown",
      reason: "waiting_for_link",
      step: null,
      since: at(131),
      confidence: "low",
    });
    expect(waiting.verdict.evidence.map(({ kind }) => kind)).toEqual(["link"]);
  });

  it("shows what was seen, and nothing as due, late or passed", () => {
    expect(statuses(waiting)).toEqual({ placed: "pending", paid: "settled", posted: "pending" });
    expect(waiting.steps.map(({ dueAt }) => dueAt)).toEqual([undefined, undefined, undefined]);
    expect(waiting.wake).toEqual({});
  });

  it("says so in a sentence", () => {
    expect(waiting.verdict.summary).toEqual({
      en: "P-9 was seen at payment at 10:02:11; can't tell which record it belongs to: nothing links them yet.",
      zh: "P-9 在 10:02:11 到达 payment；无法判断属于哪条记录：还没有消息把它们关联起来。",
    });
  });

  it("warns where it leads to too many records to be a business key", () => {
    const common = judgeWaiting(factsOf(version, [paid]), version, {
      ...contextOf(),
      primary: "P-9",
      tooCommon: { count: 1001 },
    });
    expect(common.warnings).toMatchObject([{ kind: "too_common", hop: null }]);
    expect(common.warnings[0]?.text.en).toContain("1001 records");
  });
});

describe("the version that judges a journey", () => {
  const version = (hash: string, from: number, savedAt = from) => versionOf({ placed: {} }, { hash, from, savedAt });
  const versions = [version("v2", 100), version("v1", -Infinity, 0), version("v3", 200)];

  it("is the one whose `from` is the last at or before its earliest event", () => {
    const hashes = [-5, 99, 100, 199, 200, 999].map((time) => versionFor(versions, time)?.hash);
    expect(hashes).toEqual(["v1", "v1", "v2", "v2", "v3", "v3"]);
  });

  it("is the one saved later where two begin together, in whatever order they stand", () => {
    const again = version("v2b", 100, 300);
    expect(versionFor([...versions, again], 150)?.hash).toBe("v2b");
    expect(versionFor([again, ...versions], 150)?.hash).toBe("v2b");
  });

  it("is none where the flow has no version so early", () => {
    expect(versionFor([version("v2", 100)], 99)).toBeNull();
    expect(versionFor([], 99)).toBeNull();
  });
});

describe("the clock skew of a hop", () => {
  it("is the median of its negative latencies", () => {
    expect(hopSkewMs([...Array.from({ length: 20 }, () => -3000), -90_000])).toBe(-3000);
    expect(hopSkewMs([...Array.from({ length: 10 }, () => -2000), ...Array.from({ length: 10 }, () => -4000)])).toBe(
      -3000,
    );
  });

  it("is shown from 20 such hops and from one second up", () => {
    expect(hopSkewMs(Array.from({ length: 19 }, () => -3000))).toBeNull();
    expect(hopSkewMs(Array.from({ length: 20 }, () => -1000))).toBe(-1000);
    expect(hopSkewMs(Array.from({ length: 50 }, () => -999))).toBeNull();
  });
});
