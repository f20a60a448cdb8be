import { describe, expect, it } from "vitest";
import { reachOf } from "#ingest/projection/unit-reach.ts";

const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `S-${String(at).padStart(3, "0")}`);

describe("where an alias unit leads", () => {
  it("is written down before the first journey is judged with its facts", () => {
    expect(reachOf(undefined, ["S"], true)).toEqual({
      dirty: ["S"],
      widened: { primaries: ["S"], isExact: false },
      settled: null,
    });
  });

  it("names the journey it led to as well as the one it leads to, until both are judged", () => {
    const reach = reachOf({ primaries: ["far"], isExact: false }, ["near"], false);
    expect(reach.dirty).toEqual(["far", "near"]);
    expect(reach.widened).toEqual({ primaries: ["far", "near"], isExact: false });
  });

  it("has its journeys judged again where they may have been judged without it, and nothing to write", () => {
    expect(reachOf({ primaries: ["S"], isExact: false }, ["S"], false)).toEqual({
      dirty: ["S"],
      widened: null,
      settled: null,
    });
  });

  it("has nothing judged where it is known exactly and stays", () => {
    expect(reachOf({ primaries: ["S"], isExact: true }, ["S"], false).dirty).toEqual([]);
    expect(reachOf({ primaries: ["S"], isExact: true }, ["S"], true).dirty).toEqual(["S"]);
  });

  it("has only what changed judged of very many, and is made exact after that", () => {
    const reach = reachOf({ primaries: many(500), isExact: true }, many(501), false);
    expect(reach.dirty).toEqual(["S-500"]);
    expect(reach.widened).toEqual({ primaries: many(501), isExact: false });
    expect(reach.settled).toEqual({ primaries: many(501), isExact: true });
  });

  it("is written again where it is not exact although it names them all, so that nobody settles it for what they saw before", () => {
    const reach = reachOf({ primaries: many(40), isExact: false }, many(40), false);
    expect(reach.dirty).toHaveLength(40);
    expect(reach.widened).toEqual({ primaries: many(40), isExact: false });
  });

  it("gives all of them up when it leads to too many", () => {
    const reach = reachOf({ primaries: many(1_000), isExact: true }, [], false);
    expect(reach.dirty).toHaveLength(1_000);
    expect(reach.settled).toEqual({ primaries: [], isExact: true });
  });
});
