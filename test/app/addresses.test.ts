import { describe, expect, it } from "vitest";
import { failureFilters } from "#app/(console)/failures/search-params.ts";
import { journeyFilters } from "#app/(console)/journeys/search-params.ts";
import { facetChange, failuresHref } from "#components/failures/failures-href.ts";
import { listHref } from "#components/journeys/list-href.ts";
import { searchedText } from "#app/(console)/search/search-params.ts";
import { linkKey } from "#app/set-up/search-params.ts";
import { nextPath } from "#app/sign-in/search-params.ts";

const clock = { now: Date.UTC(2026, 10, 23, 2, 30), timeZone: "Asia/Shanghai" };
const hour = 3_600_000;

describe("the address of the list", () => {
  it("is read as the read API reads it", () => {
    const asked = { flow: "order-to-cash", state: "failed,overdue", reason: "timeout" };
    const { query, given } = journeyFilters(asked, clock);
    expect(query).toMatchObject({ flow: "order-to-cash", state: ["overdue", "failed"], reason: "timeout", limit: 50 });
    expect(given).toEqual({ flow: "order-to-cash", state: "failed,overdue", reason: "timeout" });
  });

  it("leaves out what it does not know or cannot use", () => {
    const odd = { state: "lost", from: "yesterday", limit: "500", x: "1", flow: ["a", "b"], step: "" };
    const { query, given } = journeyFilters(odd, clock);
    expect(given).toEqual({});
    expect(query).toEqual({ limit: 50 });
  });

  it("may name a span that ends now, and keeps it the same on further pages", () => {
    const first = journeyFilters({ range: "24h" }, clock);
    expect(first).toMatchObject({ range: "24h", given: { range: "24h" }, asOf: clock.now });
    expect(first.query).toMatchObject({ from: clock.now - 24 * hour, to: clock.now + 1 });
    const asOf = new Date(clock.now).toISOString();
    const next = journeyFilters({ range: "24h", cursor: "c", asOf }, { ...clock, now: clock.now + hour });
    expect(next.query).toEqual({ ...first.query, cursor: "c" });
    expect(next.given).toEqual({ range: "24h", cursor: "c", asOf });
    expect(journeyFilters({ range: "24h", asOf }, { ...clock, now: clock.now + hour }).asOf).toBe(clock.now + hour);
    expect(journeyFilters({ range: "9y" }, clock)).toMatchObject({ range: "any", given: {} });
  });

  it("may have times as a form writes them, of the person's clock, which then stand in it for everybody", () => {
    const asked = journeyFilters({ from: "2026-11-23T08:00", to: "2026-11-23T09:00", range: "today" }, clock);
    expect(asked).toMatchObject({
      isLocal: true,
      range: "custom",
      given: { from: "2026-11-23T00:00:00.000Z", to: "2026-11-23T01:00:00.000Z" },
    });
    expect(journeyFilters(asked.given, clock)).toMatchObject({ isLocal: false, query: asked.query });
  });

  it("begins at the first page when a filter changes", () => {
    const given = { state: "failed", cursor: "c", asOf: "2026-11-23T02:30:00.000Z" };
    expect(listHref(given, { flow: "order-to-cash" })).toBe("/journeys?state=failed&flow=order-to-cash");
    expect(listHref(given, { state: null })).toBe("/journeys");
  });
});

describe("the address of the failures", () => {
  it("holds the span, the facets and the open row, and nothing that is unknown", () => {
    const asked = { range: "7d", field: "tax_no", without: "class,gremlins", open: "1x2y3z", limit: "9", state: "" };
    expect(failureFilters(asked, clock)).toMatchObject({
      period: { from: clock.now - 168 * hour, to: clock.now + 1 },
      range: "7d",
      choice: { field: "tax_no", class: null },
      open: "1x2y3z",
      given: { range: "7d", field: "tax_no", without: "class", open: "1x2y3z" },
    });
    expect(failureFilters({ open: "<script>", range: "9y" }, clock)).toMatchObject({
      open: null,
      range: "24h",
      given: {},
    });
  });

  it("takes a span of one's own, which must begin before it ends and is bounded", () => {
    const own = failureFilters({ from: "2026-11-23T08:00", to: "2026-11-23T09:00" }, clock);
    expect(own).toMatchObject({ isLocal: true, range: "custom", given: { from: "2026-11-23T00:00:00.000Z" } });
    const backwards = { from: "2026-11-23T09:00:00Z", to: "2026-11-23T08:00:00Z" };
    expect(failureFilters(backwards, clock)).toMatchObject({ range: "24h", given: {} });
    const { period } = failureFilters({ from: "1970-01-01T00:00:00Z" }, clock);
    expect(period).toEqual({ from: clock.now + 1 - 9_600 * hour, to: clock.now + 1 });
  });

  it("chooses a facet's value, one that is none, and takes them away; another choice closes the open row", () => {
    const given = { range: "7d", without: "field", open: "1x2y3z" };
    expect(failuresHref(given, facetChange(given, "class", null, false))).toBe(
      "/failures?range=7d&without=field%2Cclass",
    );
    expect(failuresHref(given, facetChange(given, "field", null, true))).toBe("/failures?range=7d");
    expect(failuresHref(given, facetChange(given, "field", "tax_no", false))).toBe("/failures?range=7d&field=tax_no");
    expect(failuresHref(given, { open: "abc" })).toBe("/failures?range=7d&without=field&open=abc");
  });
});

describe("where signing in leads", () => {
  it.each([
    ["/journeys?state=failed", "/journeys?state=failed"],
    ["/record/order_no/SO%2F1", "/record/order_no/SO%2F1"],
    ["https://evil.example", "/"],
    ["//evil.example/x", "/"],
    [String.raw`/\evil.example`, "/"],
    ["/sign-in?next=/x", "/"],
    ["journeys", "/"],
  ])("%s → %s", (next, path) => {
    expect(nextPath({ next })).toBe(path);
  });

  it("is the overview where the address says nothing", () => {
    expect(nextPath({})).toBe("/");
    expect(nextPath({ next: ["/a", "/b"] })).toBe("/");
  });
});

it("takes a set-up key and nothing else for one", () => {
  expect(linkKey({ key: "a".repeat(43) })).toBe("a".repeat(43));
  for (const key of [undefined, "", "short", "a".repeat(44), `${"a".repeat(42)}/`]) expect(linkKey({ key })).toBeNull();
});

it("searches for text only", () => {
  expect(searchedText({ q: " SO-1042 " })).toBe("SO-1042");
  for (const q of [undefined, "", "  ", ["a"], "x".repeat(601)]) expect(searchedText({ q })).toBeNull();
});
