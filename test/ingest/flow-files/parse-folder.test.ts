import { describe, expect, test } from "vitest";
import { parseFolder } from "#ingest/flow-files/parse-folder.ts";

const flow = (id: string, more = ""): string =>
  `flow: ${id}\nrecord: { primary: order_no }\nsteps:\n  - { id: placed, system: oms${more} }\n`;
const folder = (files: Readonly<Record<string, string>>) =>
  parseFolder(
    { stamp: "", files: Object.entries(files).map(([path, text]) => ({ path, text })), refused: [] },
    (text) => `h${text.length}`,
  );

describe("what a flows folder declares", () => {
  test("is nothing where it is empty, and then nothing is wrong", () => {
    expect(folder({})).toEqual({
      flows: [],
      badFlowFiles: [],
      systems: {},
      teams: {},
      sources: [],
      privacy: null,
      calendars: [],
      problems: [],
    });
  });

  test("are the flows of its own files only, with the contracts and calendars below", () => {
    const found = folder({
      "orders.yaml": flow("orders", ", within: 1d, calendar: site, contract: contracts/c.json"),
      "contracts/c.json": '{"type":"object"}',
      "contracts/not-a-flow.yaml": "type: object",
      "calendars/site.json": JSON.stringify({ id: "site", timeZone: "UTC", weekend: [0], years: {} }),
    });
    expect(found.problems).toEqual([]);
    expect(found.flows.map(({ file, flow: { flow: id } }) => [file, id])).toEqual([["orders.yaml", "orders"]]);
    expect(found.flows[0]?.flow.steps[0]?.contract).toMatchObject({
      path: "contracts/c.json",
      schema: { type: "object" },
    });
    expect(found.calendars).toHaveLength(1);
  });

  test("leaves a part undefined that can't be taken, and the others as they are", () => {
    const found = folder({
      "orders.yaml": flow("orders"),
      "systems.yaml": "[",
      "sources.yaml": "bank: { silentAfter: soon }",
      "privacy.yml": "masking: perhaps",
      "calendars/x.json": "{",
    });
    expect(found).toMatchObject({
      systems: undefined,
      teams: {},
      sources: undefined,
      privacy: undefined,
      calendars: undefined,
    });
    expect(found.flows).toHaveLength(1);
    expect([...new Set(found.problems.map(({ file }) => file))].toSorted()).toEqual([
      "calendars/x.json",
      "privacy.yml",
      "sources.yaml",
      "systems.yaml",
    ]);
  });

  test("keeps the first of two files with one flow, and says so of the second", () => {
    const found = folder({ "a.yaml": flow("orders"), "b.yaml": flow("orders"), "c.yaml": flow("returns") });
    expect(found.flows.map(({ file }) => file)).toEqual(["a.yaml", "c.yaml"]);
    expect(found.badFlowFiles).toEqual(["b.yaml"]);
    expect(found.problems).toMatchObject([{ file: "b.yaml", line: 1 }]);
  });
});
