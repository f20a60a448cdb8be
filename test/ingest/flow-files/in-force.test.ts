import { describe, expect, it } from "vitest";
import type { DeclaredWorld } from "#ingest/collector/call.ts";
import { aftermathOf, toInForce } from "#ingest/flow-files/in-force.ts";
import { parseFolder } from "#ingest/flow-files/parse-folder.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { toSourceId } from "#lib/id/id.ts";

const versionOf = (flow: string, posted: string): FlowVersion => {
  const text = `
flow: ${flow}
record: { primary: ${flow}_no }
steps:
  - { id: placed, system: oms }
  - { id: posted, system: finance, after: placed${posted} }
`;
  const { flows, problems } = parseFolder(
    { stamp: "", files: [{ path: "f.yaml", text }], refused: [] },
    (each) => each,
  );
  const declaration = flows[0]?.flow;
  if (declaration === undefined) throw new Error(JSON.stringify(problems));
  return { flow: declaration.flow, hash: flow, from: -Infinity, savedAt: 1, declaredIn: "file", text, declaration };
};

const versions = [
  versionOf("timeless", ""),
  versionOf("named", ", within: 5s, sources: [importer]"),
  versionOf("open", ", within: 5s"),
  versionOf("workdays", ", within: 2d, calendar: cn-workdays, sources: [ledger]"),
];
const worldOf = (delays: Readonly<Record<string, number>>, holidays: readonly string[] = []): DeclaredWorld => ({
  versions,
  active: versions.map(({ flow }) => flow),
  surroundings: {
    people: { systems: {}, teams: {} },
    sources: Object.entries(delays).map(([source, delayMs]) => ({ source: toSourceId(source), delayMs })),
  },
  privacy: null,
  calendars: [
    { id: "cn-workdays", timeZone: "Asia/Shanghai", weekend: [0, 6], years: { 2026: { holidays, workdays: [] } } },
  ],
  matchingAgain: [],
});
const before = toInForce(worldOf({ importer: 0, ledger: 0 }));

describe("what is judged again when sources or calendars change", () => {
  it("is nothing where nothing changed", () => {
    expect(aftermathOf(before, worldOf({ importer: 0, ledger: 0 }))).toEqual({ judged: [], all: false, returned: [] });
  });

  it("is the flows with a deadline that the source is asked for", () => {
    expect(aftermathOf(before, worldOf({ importer: 60_000, ledger: 0 }))).toMatchObject({
      judged: ["named", "open"],
      all: true,
    });
    expect(aftermathOf(before, worldOf({ importer: 0 }))).toMatchObject({ judged: ["open", "workdays"], all: true });
  });

  it("is the flows that count by the calendar", () => {
    expect(aftermathOf(before, worldOf({ importer: 0, ledger: 0 }, ["2026-11-23"]))).toMatchObject({
      judged: ["workdays"],
      all: true,
    });
  });

  it("is every flow where it is not known what there was before", () => {
    const { judged } = aftermathOf({ ...before, clocks: "" }, worldOf({ importer: 0, ledger: 0 }));
    expect(judged).toEqual(versions.map(({ flow }) => flow));
  });
});
