import { describe, expect, it } from "vitest";
import { latencyQuery } from "#lib/api/flows-schema.ts";
import { failuresQuery, journeysQuery } from "#lib/api/journeys-schema.ts";
import { ReadError } from "#lib/api/problem.ts";
import { parseQuery } from "#lib/api/query.ts";

const journeys = (query: string) => parseQuery(journeysQuery, new URLSearchParams(query));
const refused = (query: string): string | null => {
  try {
    journeys(query);
    return "taken";
  } catch (error) {
    return error instanceof ReadError ? error.parameter : String(error);
  }
};

describe("a query of the read API", () => {
  it("reads lists, times and limits, and leaves out what is empty", () => {
    expect(
      journeys("state=failed,%20overdue&from=2026-11-23T10:02:11.120Z&to=2026-11-23T18:02:11%2B08:00&limit=7&q="),
    ).toEqual({
      state: ["overdue", "failed"],
      from: Date.UTC(2026, 10, 23, 10, 2, 11, 120),
      to: Date.UTC(2026, 10, 23, 10, 2, 11),
      limit: 7,
    });
    expect(journeys("")).toEqual({ limit: 50 });
  });

  it("takes an offset whose `+` arrived as a blank", () => {
    expect(journeys("from=2026-11-23T18:02:11+08:00").from).toBe(Date.UTC(2026, 10, 23, 10, 2, 11));
  });

  it.each([
    ["state=failed,lost", "state"],
    ["state=,", "state"],
    ["limit=0", "limit"],
    ["limit=501", "limit"],
    ["limit=-1", "limit"],
    ["limit=5.0", "limit"],
    ["from=2026-11-23", "from"],
    ["from=2026-02-30T00:00:00Z", "from"],
    ["reason=Outage", "reason"],
    ["class=late", "class"],
    ["limits=5", "limits"],
    ["__proto__=1", "__proto__"],
    ["flow=a&flow=a", "flow"],
    [`q=${"x".repeat(3000)}`, "q"],
  ])("refuses %s and names the parameter", (query, parameter) => {
    expect(refused(query)).toBe(parameter);
  });

  it("reads groups in a fixed order and flags as yes or no", () => {
    const query = parseQuery(failuresQuery, new URLSearchParams("group=class,flow,class&attempts=true"));
    expect(query).toMatchObject({ group: ["flow", "class"], attempts: true });
    expect(() => parseQuery(failuresQuery, new URLSearchParams("attempts=1"))).toThrow(ReadError);
  });

  it.each([
    ["5m", 300_000],
    ["90m", 5_400_000],
    ["1h", 3_600_000],
    ["2d", 172_800_000],
  ])("reads %s as a bucket", (text, ms) => {
    expect(parseQuery(latencyQuery, new URLSearchParams({ bucket: text })).bucket).toBe(ms);
  });

  it.each(["7m", "0h", "5", "1w", "1.5h", "300000ms"])("refuses %s as a bucket", (bucket) => {
    expect(() => parseQuery(latencyQuery, new URLSearchParams({ bucket }))).toThrow(ReadError);
  });
});
