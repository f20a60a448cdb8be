import { expect, it } from "vitest";
import { compareHops } from "#lib/journey/compare-hops.ts";

const hop = (to: string, status: string, latencyMs?: number) => ({
  from: "a",
  to,
  status,
  ...(latencyMs === undefined ? {} : { latencyMs }),
});

it("lists hops that went another way, and none that went alike", () => {
  expect(
    compareHops([hop("b", "settled", 900), hop("c", "overdue")], [hop("b", "settled", 10), hop("c", "settled", 5)]),
  ).toEqual([{ from: "a", to: "c", here: { status: "overdue" }, there: { status: "settled", latencyMs: 5 } }]);
});

it("lists hops that took much longer or less, by how many times", () => {
  const here = [hop("b", "settled", 12_000), hop("c", "settled", 1_000), hop("d", "settled", 2_500)];
  const there = [hop("b", "settled", 2_000), hop("c", "settled", 9_000), hop("d", "settled", 1_000)];
  expect(compareHops(here, there).map(({ to, factor }) => [to, factor])).toEqual([
    ["b", 6],
    ["c", 1 / 9],
  ]);
});

it("lists hops that only one of them has", () => {
  expect(compareHops([hop("b", "settled")], [hop("x", "settled")])).toMatchObject([
    { to: "b", there: null },
    { to: "x", here: null },
  ]);
});
