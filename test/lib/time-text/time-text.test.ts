import { describe, expect, it } from "vitest";
import { durationText } from "#lib/time-text/duration-text.ts";
import { fullTimeText, timeText, zoneText, type Clock } from "#lib/time-text/time-text.ts";

const at = (text: string): number => Date.parse(text);
const en: Clock = { now: at("2026-11-23T05:02:18Z"), timeZone: "Asia/Shanghai", language: "en" };
const zh: Clock = { ...en, language: "zh" };

describe("a time", () => {
  it("is the time of day today, in the person's zone", () => {
    expect(timeText(at("2026-11-23T02:02:11.120Z"), en)).toBe("10:02:11");
    expect(timeText(at("2026-11-22T16:00:00Z"), zh)).toBe("00:00:00");
  });

  it("names the day before today, and the year when it is another", () => {
    expect(timeText(at("2026-11-22T02:02:11Z"), en)).toBe("22 Nov 10:02");
    expect(timeText(at("2026-11-22T02:02:11Z"), zh)).toBe("11-22 10:02");
    expect(timeText(at("2026-11-24T02:02:11Z"), zh)).toBe("11-24 10:02");
    expect(timeText(at("2025-12-31T15:59:00Z"), en)).toBe("31 Dec 2025 23:59");
    expect(timeText(at("2025-12-31T15:59:00Z"), zh)).toBe("2025-12-31 23:59");
  });

  it("is another day in another zone", () => {
    expect(timeText(at("2026-11-22T16:00:00Z"), { ...en, timeZone: "UTC" })).toBe("22 Nov 16:00");
  });

  it("can be said in full, to the millisecond", () => {
    expect(fullTimeText(at("2026-11-23T02:02:11.005Z"), "Asia/Shanghai")).toBe("2026-11-23 10:02:11.005");
    expect(fullTimeText(at("1969-12-31T23:59:59.999Z"), "UTC")).toBe("1969-12-31 23:59:59.999");
  });

  it("has its zone said with its offset", () => {
    expect(zoneText("Asia/Shanghai", en.now)).toBe("UTC+8 (Asia/Shanghai)");
    expect(zoneText("UTC", en.now)).toBe("UTC");
  });
});

describe("a length of time", () => {
  it.each([
    [0, "0 s", "0 秒"],
    [0.2, "1 ms", "1 毫秒"],
    [120, "120 ms", "120 毫秒"],
    [999.6, "1 s", "1 秒"],
    [6_700, "6.7 s", "6.7 秒"],
    [9_980, "10 s", "10 秒"],
    [40_400, "40 s", "40 秒"],
    [59_600, "1 min", "1 分"],
    [400_000, "6 min 40 s", "6 分 40 秒"],
    [3_599_600, "1 h", "1 小时"],
    [10_802_000, "3 h", "3 小时"],
    [11_880_000, "3 h 18 min", "3 小时 18 分"],
    [86_399_000, "1 d", "1 天"],
    [187_200_000, "2 d 4 h", "2 天 4 小时"],
    [-1_500, "−1.5 s", "−1.5 秒"],
  ])("of %d ms reads %j and %j", (ms, english, chinese) => {
    expect(durationText(ms, "en")).toBe(english);
    expect(durationText(ms, "zh")).toBe(chinese);
  });
});
