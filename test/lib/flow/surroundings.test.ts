import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { toProblemText } from "#lib/declaration/problem.ts";
import { parsePeople } from "#lib/flow/parse-people.ts";
import { parseSources } from "#lib/flow/parse-sources.ts";
import { sourcesSchema, systemsSchema, teamsSchema } from "#lib/flow/surroundings-schema.ts";
import { parse as parseYaml } from "yaml";

const crm =
  "crm: { title: { en: CRM, zh: 客户管理 }, contacts: { dingtalk: crm-oncall, phone: 02112345678, email: crm@example.com } }";
const parties = {
  crm: {
    title: { en: "CRM", zh: "客户管理" },
    contacts: { dingtalk: "crm-oncall", phone: "02112345678", email: "crm@example.com" },
  },
};

describe("systems.yaml and teams.yaml", () => {
  it.each([
    ["by id", crm],
    ["under a heading", `systems:\n  ${crm}`],
  ])("give titles and contacts %s", (_how, text) => {
    expect({ ...parsePeople(text, "systems").parties }).toEqual(parties);
  });

  it("may be empty, and may know nothing of a system but that it is", () => {
    expect({ ...parsePeople("# nobody yet\n", "teams").parties }).toEqual({});
    expect({ ...parsePeople("crm:\n", "systems").parties }).toEqual({ crm: {} });
  });

  it("say where they are wrong", () => {
    expect(parsePeople("crm: { titel: CRM }", "systems").problems?.map(toProblemText)).toEqual([
      "crm.titel: `titel` is not known here; did you mean `title`?",
    ]);
    expect(parsePeople("crm: { contacts: { dingding: x } }", "systems").problems?.[0]).toMatchObject({
      line: 1,
      column: 20,
    });
    expect(parsePeople("- crm", "systems").problems).toHaveLength(1);
    expect(parsePeople("systems:\n  crm: { contact: {} }", "systems").problems?.[0]?.path).toBe("systems.crm.contact");
  });
});

describe("sources.yaml", () => {
  const expected = [
    { source: "finance-importer", silentAfterMs: 93_600_000, delayMs: 300_000 },
    { source: "oms", delayMs: 0 },
  ];

  it.each([
    ["by id", "finance-importer: { silentAfter: 26h, delay: 5m }\noms:\n"],
    ["under a heading", "sources:\n  finance-importer: { silentAfter: 26h, delay: 5m }\n  oms: {}\n"],
    ["as a list", "- { source: finance-importer, silentAfter: 26h, delay: 5m }\n- source: oms\n"],
    [
      "as a list under a heading",
      "sources:\n  - { source: finance-importer, silentAfter: 26h, delay: 5m }\n  - source: oms\n",
    ],
  ])("declares sources %s", (_how, text) => {
    expect(parseSources(text).sources).toEqual(expected);
  });

  it("says where it is wrong", () => {
    expect(parseSources("a: { silentAfer: 26h }").problems?.map(toProblemText)).toEqual([
      "a.silentAfer: `silentAfer` is not known here; did you mean `silentAfter`?",
    ]);
    expect(parseSources("a: { silentAfter: 26 hours }").problems?.[0]).toMatchObject({
      line: 1,
      column: 19,
      path: "a.silentAfter",
    });
    expect(parseSources("a: { delay: 99999d }").problems).toHaveLength(1);
    expect(parseSources("- { source: a }\n- { source: a }").problems?.[0]).toMatchObject({ line: 2 });
    expect(parseSources("just text").problems).toHaveLength(1);
  });
});

describe("the published schemas of the files beside the flows", () => {
  it.each([
    ["systems", systemsSchema, crm, "crm: { titel: CRM }"],
    ["teams", teamsSchema, crm, "crm: { contacts: { dingding: x } }"],
    ["sources", sourcesSchema, "oms: { silentAfter: 26h }", "oms: { silentAfter: 26 hours }"],
  ])("say of %s what the parser says", (_file, schema, good, bad) => {
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(parseYaml(good))).toBe(true);
    expect(validate(parseYaml(bad))).toBe(false);
  });
});
