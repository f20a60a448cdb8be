import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { DemoError, prepareDemoHome, saveDemoState } from "#ingest/demo/demo-home.ts";
import { parseDemoOptions } from "#ingest/demo/demo-options.ts";
import { makeHome } from "#test/support/home.ts";

const fresh = { seed: 1, asOf: 1_000, records: 10, liveEveryMs: 8_000 };

const newHome = (): string => {
  const { home, remove } = makeHome();
  onTestFinished(remove);
  return home;
};

describe("the demo's home", () => {
  it("is made with the company's declarations", async () => {
    const home = join(newHome(), "demo");
    expect(await prepareDemoHome(home, fresh, false)).toEqual({ ...fresh, sentUntil: null });
    expect(readFileSync(join(home, "flows", "order-to-cash.yaml"), "utf8")).toContain("flow: order-to-cash");
    expect(existsSync(join(home, "flows", "contracts", "finance-order.json"))).toBe(true);
  });

  it("goes on where it stopped, and keeps files that somebody changed", async () => {
    const home = newHome();
    const state = await prepareDemoHome(home, fresh, false);
    await saveDemoState(home, { ...state, sentUntil: 2_000 });
    writeFileSync(join(home, "flows", "teams.yaml"), "integration: {}\n");
    const next = await prepareDemoHome(home, { ...fresh, seed: 2, asOf: 9_000 }, false);
    expect(next).toEqual({ ...fresh, sentUntil: 2_000 });
    expect(readFileSync(join(home, "flows", "teams.yaml"), "utf8")).toBe("integration: {}\n");
  });

  it("starts over only when asked, and then without what was there", async () => {
    const home = newHome();
    await prepareDemoHome(home, fresh, false);
    mkdirSync(join(home, "events"));
    expect(await prepareDemoHome(home, { ...fresh, seed: 2 }, true)).toMatchObject({ seed: 2, sentUntil: null });
    expect(existsSync(join(home, "events"))).toBe(false);
  });

  it("is never a folder that holds something else, also when starting over", async () => {
    const home = newHome();
    writeFileSync(join(home, "control.db"), "not ours");
    for (const startOver of [false, true])
      await expect(prepareDemoHome(home, fresh, startOver)).rejects.toThrow(DemoError);
    expect(readFileSync(join(home, "control.db"), "utf8")).toBe("not ours");
  });

  it("says when its note of where it stopped can't be read", async () => {
    const home = newHome();
    writeFileSync(join(home, "demo.json"), '{"seed":1}');
    await expect(prepareDemoHome(home, fresh, false)).rejects.toThrow("--fresh");
  });
});

describe("the words of npm run demo", () => {
  it("have defaults, and ports and a home that can be set", () => {
    expect(parseDemoOptions([], "/srv")).toMatchObject({ home: "/srv/.hopline-demo", seed: 1, liveEveryMs: 8_000 });
    expect(parseDemoOptions(["--home", "x", "--port", "3001", "--fast", "--fresh"], "/srv")).toMatchObject({
      home: "/srv/x",
      consolePort: 3_001,
      liveEveryMs: 1_000,
      startOver: true,
    });
  });

  it.each([[["--records", "many"]], [["--port", "70000"]], [["--seed", ""]], [["--unknown"]], [["stray"]]])(
    "that mean nothing are told with what may be said: %j",
    (words) => {
      expect(() => parseDemoOptions(words, "/srv")).toThrow(/--records N/u);
    },
  );
});
