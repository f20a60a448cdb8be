import { describe, expect, it } from "vitest";
import { changeWindowMs, findChange, type Seen } from "#lib/failure/find-change.ts";

const first = Date.UTC(2026, 10, 23, 1, 58);
const minute = 60_000;
const seen = (value: string, minutes: number, more: Partial<Seen> = {}): Seen => ({
  at: first + minutes * minute,
  step: "exported",
  name: "mapping",
  value,
  isBroken: false,
  ...more,
});
const broken = { isBroken: true };

describe("the change just before", () => {
  it("is the value that came up within the hour before the first failure and that the broken records carry", () => {
    expect(
      findChange(
        [seen("v37", -70), seen("v37", -5), seen("v38", -2), seen("v38", -1, broken), seen("v38", 5, broken)],
        first,
      ),
    ).toEqual({ at: first - 2 * minute, step: "exported", name: "mapping", value: "v38", before: "v37" });
  });

  it("may be first seen on the first broken record itself", () => {
    expect(findChange([seen("v37", -5), seen("v38", 0, broken)], first)).toMatchObject({ at: first, value: "v38" });
  });

  it.each([
    ["nothing stood there before", [seen("v38", -2), seen("v38", 0, broken)]],
    [
      "it is older than the hour",
      [seen("v37", -90), seen("v38", -changeWindowMs / minute - 1), seen("v38", 0, broken)],
    ],
    ["it came after the first failure", [seen("v37", -9, broken), seen("v38", 3, broken), seen("v38", 4, broken)]],
    [
      "few of the broken records carry it",
      [seen("v37", -9, broken), seen("v37", 1, broken), seen("v38", -2), seen("v38", 2, broken)],
    ],
    ["no broken record carries it", [seen("v37", -9), seen("v38", -2)]],
    ["it is another attribute's", [seen("v37", -9, { name: "schema" }), seen("v38", -2, broken)]],
    ["it is another step's", [seen("v37", -9, { step: "paid" }), seen("v38", -2, broken)]],
  ])("is none where %s", (_why, all) => {
    expect(findChange(all, first)).toBeNull();
  });

  it("is no id or amount that is another on every record", () => {
    const ids = Array.from({ length: 20 }, (_, index) => seen(`batch-${index}`, index - 20));
    expect(findChange([...ids, seen("batch-20", 0, broken)], first)).toBeNull();
  });

  it("is told of the step where the value first came up, when later steps carry it on", () => {
    const later = { step: "posted" };
    const carried = [seen("v37", -6, later), seen("v38", -1, later), seen("v38", 0, { ...later, ...broken })];
    const all = [seen("v37", -9), seen("v38", -2), seen("v38", 0, broken), ...carried];
    expect(findChange(all, first)).toMatchObject({ step: "exported", at: first - 2 * minute });
  });

  it("is the latest of several, and of two at once the first by name", () => {
    const older = [
      seen("a", -50, { name: "app" }),
      seen("b", -40, { name: "app" }),
      seen("b", 0, { name: "app", ...broken }),
    ];
    const newer = [seen("v37", -9), seen("v38", -2), seen("v38", 0, broken)];
    expect(findChange([...older, ...newer], first)?.name).toBe("mapping");
    const same = newer.map((each) => ({ ...each, name: "build" }));
    expect(findChange([...newer, ...same], first)?.name).toBe("build");
  });
});
