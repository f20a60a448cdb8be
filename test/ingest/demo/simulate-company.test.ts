import { describe, expect, it } from "vitest";
import { troubles, type CompanyCase } from "#ingest/demo/company-case.ts";
import { simulateCompany, type SimulationOptions } from "#ingest/demo/simulate-company.ts";
import { companySources, silentSource } from "#ingest/demo/stations.ts";

const asOf = Date.UTC(2026, 10, 23, 10);
const history = (options: Partial<SimulationOptions> = {}): readonly CompanyCase[] => [
  ...simulateCompany({ seed: 1, asOf, records: 3_000, ...options }),
];

describe("a simulated company", () => {
  it("is the same for the same seed and moment, and another one for another seed", () => {
    expect(history()).toEqual(history());
    expect(history({ seed: 2 })).not.toEqual(history());
  });

  it("moves with the moment it is looked at, and is otherwise the same", () => {
    const later = history({ asOf: asOf + 3_600_000 });
    expect(later.map(({ truths }) => truths)).toEqual(history().map(({ truths }) => truths));
  });

  it("has every trouble there is, and mostly records without any", () => {
    const truths = history().flatMap((each) => each.truths);
    const seen = new Set(truths.map(({ trouble }) => trouble));
    expect(troubles.filter((trouble) => !seen.has(trouble))).toEqual([]);
    expect(truths.filter(({ trouble }) => trouble === "none").length).toBeGreaterThan(truths.length / 2);
    expect(truths.length).toBeGreaterThanOrEqual(3_000);
    expect(truths.length).toBeLessThan(3_005);
  });

  it("gives every record a key of its own and every event an id of its own", () => {
    const cases = history();
    const keys = cases.flatMap(({ truths }) => truths.map(({ flow, key }) => `${flow} ${key}`));
    expect(new Set(keys).size).toBe(keys.length);
    const events = new Map(
      cases.flatMap(({ sendings }) => sendings.map(({ event }) => [`${event.source} ${event.id}`, event])),
    );
    const contents = new Set(cases.flatMap(({ sendings }) => sendings.map(({ event }) => JSON.stringify(event))));
    expect(contents.size).toBe(events.size);
  });

  it("sends some events more than once, and none of the silent source after it fell silent", () => {
    const sendings = history().flatMap((each) => each.sendings);
    const copies = Map.groupBy(sendings, ({ event }) => event);
    expect([...copies.values()].some((all) => all.length > 1)).toBe(true);
    const last = Math.max(...sendings.flatMap(({ at, event }) => (event.source === silentSource ? [at] : [])));
    expect(last).toBeLessThan(asOf - 3.5 * 3_600_000);
    const known = new Set(companySources);
    expect(sendings.every(({ event }) => known.has(event.source))).toBe(true);
  });

  it("tells what fails from what doesn't by an attribute", () => {
    const cases = history();
    const versionsOf = (trouble: string): ReadonlySet<string | undefined> =>
      new Set(
        cases
          .filter(({ truths }) => truths.some((truth) => truth.trouble === trouble))
          .flatMap(({ sendings }) => sendings.filter(({ event }) => event.step === "exported"))
          .map(({ event }) => event.attributes["crm_version"]),
      );
    expect([...versionsOf("empty_tax_no")]).toEqual(["5.2.0"]);
    expect(versionsOf("none")).toContain("5.1.4");
  });

  it("keeps apart from real data under other names", () => {
    const cases = history({ records: 60, naming: { idPrefix: "sample-", keyPrefix: "SAMPLE-" } });
    for (const { event } of cases.flatMap(({ sendings }) => sendings)) {
      expect(event.flow).toMatch(/^sample-/u);
      expect(event.source).toMatch(/^sample-/u);
      for (const [type, values] of Object.entries(event.keys)) {
        if (type !== "customer_phone") for (const value of [values].flat()) expect(value).toMatch(/^SAMPLE-/u);
      }
    }
  });

  it("goes on after its past, in the order of starts, as long as it is asked", () => {
    const starts: number[] = [];
    for (const { sendings } of simulateCompany({ seed: 1, asOf, records: 50, liveEveryMs: 8_000 })) {
      starts.push(sendings[0]?.at ?? 0);
      if (starts.length === 500) break;
    }
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    const now = starts.filter((at) => at >= asOf);
    expect(now.slice(0, 3)).toEqual([asOf, asOf + 8_000, asOf + 16_000]);
  });
});
