import { describe, expect, it } from "vitest";
import { journeyFilters } from "#app/(console)/journeys/search-params.ts";
import { searchedText } from "#app/(console)/search/search-params.ts";
import { linkKey } from "#app/set-up/search-params.ts";
import { nextPath } from "#app/sign-in/search-params.ts";

describe("the address of the list", () => {
  it("is read as the read API reads it", () => {
    const { query, given } = journeyFilters({ flow: "order-to-cash", state: "failed,overdue", reason: "timeout" });
    expect(query).toMatchObject({ flow: "order-to-cash", state: ["overdue", "failed"], reason: "timeout", limit: 50 });
    expect(given).toEqual({ flow: "order-to-cash", state: "failed,overdue", reason: "timeout" });
  });

  it("leaves out what it does not know or cannot use", () => {
    const odd = { state: "lost", from: "yesterday", limit: "500", x: "1", flow: ["a", "b"], step: "" };
    const { query, given } = journeyFilters(odd);
    expect(given).toEqual({});
    expect(query).toEqual({ limit: 50 });
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
