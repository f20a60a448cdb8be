import { describe, expect, it } from "vitest";
import { toStageLine } from "#ingest/copy/stage-line.ts";

const stage = { doing: "copying", kind: "event", done: 12_000, total: 48_000, before: 0 } as const;

describe("the line that tells how far a copy is", () => {
  it("says what, how many of how many, how fast and how long still", () => {
    expect(toStageLine(stage, 2_000)).toBe("copying events: 12,000 of 48,000 · 6,000/s · 6 s left");
    expect(toStageLine({ ...stage, total: 4_000_000 }, 2_000)).toContain("11 min left");
    expect(toStageLine({ ...stage, total: 90_000_000 }, 2_000)).toContain("4.2 h left");
  });

  it("takes the speed of this run alone, and says nothing that it can't know yet", () => {
    expect(toStageLine({ ...stage, before: 10_000 }, 2_000)).toContain("1,000/s");
    expect(toStageLine({ ...stage, before: 12_000 }, 2_000)).toBe("copying events: 12,000 of 48,000");
    expect(toStageLine(stage, 0)).toBe("copying events: 12,000 of 48,000");
    expect(toStageLine({ ...stage, done: 48_000 }, 2_000)).toBe("copying events: 48,000 of 48,000 · 24,000/s");
  });
});
