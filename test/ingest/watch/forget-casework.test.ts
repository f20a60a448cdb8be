import { describe, expect, it, onTestFinished } from "vitest";
import { forgetCasework } from "#ingest/watch/forget-casework.ts";
import { toFlowId } from "#lib/id/id.ts";
import { openControl } from "#lib/storage/open.ts";
import type { JourneyId } from "#lib/storage/journey-index.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const flow = toFlowId("orders");
const idOf = ({ flow: of, primary }: JourneyId): JourneyId => ({ flow: of, primary });

/** Closings and notes of every journey named, made at the time given; the collector knows only those of `kept`. */
async function openCasework(made: Readonly<Record<string, number>>, kept: readonly string[]) {
  const home = makeTempFolder();
  const control = await openControl({ home, elasticsearch: null }, { mode: "worker", now: () => 0 });
  onTestFinished(async () => control.close());
  for (const [primary, at] of Object.entries(made)) {
    await control.closings.close({ flow, primary, at, by: "li", reason: "Refunded" });
    await control.notes.add({ flow, primary, at, author: "u", by: "li", text: "Called" });
  }
  const collector = {
    call: async (_name: string, input: unknown) =>
      (input as readonly JourneyId[]).filter(({ primary }) => !kept.includes(primary)) as never,
  };
  const left = async () => [
    (await control.closings.list()).map(({ primary }) => primary),
    (await control.notes.listJourneys(9e15, null, 9_999)).map(({ primary }) => primary),
  ];
  return { control, collector, left };
}

describe("closings and notes of records that are kept no longer", () => {
  it("go with them, and those of records that are kept stay, however old", async () => {
    const { control, collector, left } = await openCasework({ gone: 5, kept: 5, young: 50 }, ["kept"]);
    expect(await forgetCasework({ collector, control }, 10)).toBe(2);
    expect(await left()).toEqual([
      ["kept", "young"],
      ["kept", "young"],
    ]);
    expect(await forgetCasework({ collector, control }, 10)).toBe(0);
    expect((await control.notes.list({ flow, primary: "kept" })).map(idOf)).toEqual([{ flow, primary: "kept" }]);
  });

  it("are all looked through, slice by slice", async () => {
    const names = Array.from({ length: 510 }, (_, at) => `SO-${at}`);
    const { control, collector, left } = await openCasework(Object.fromEntries(names.map((name) => [name, 1])), [
      "SO-7",
    ]);
    expect(await forgetCasework({ collector, control }, 10)).toBe(2 * 509);
    expect(await left()).toEqual([["SO-7"], ["SO-7"]]);
  });
});
