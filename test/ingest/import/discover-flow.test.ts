import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { discoverFlow, profileLog } from "#ingest/import/discover-flow.ts";
import { nameSteps } from "#ingest/import/name-steps.ts";

const names = { flow: "permits", title: "permits", keyType: "case_id", aliases: [] };
const row = (caseName: string, activity: string, time: number) => ({ case: caseName, activity, time });

describe("a flow discovered from a log", () => {
  it("has one optional step per activity, after the one that most often stood right before it", () => {
    const profile = profileLog([
      row("1", "Receive", 1),
      row("1", "Check", 2),
      row("1", "Send", 3),
      row("2", "Receive", 1),
      row("2", "Check", 2),
      row("2", "Check", 3),
      row("2", "Adjust", 4),
      row("2", "Check", 5),
      row("2", "Send", 6),
    ]);
    const flow = parse(discoverFlow(profile, names));
    expect(flow.record).toEqual({ primary: "case_id" });
    expect(
      flow.steps.map((step: { id: string; after?: string; optional: boolean }) => [step.id, step.after, step.optional]),
    ).toEqual([
      ["receive", undefined, true],
      ["check", "receive", true],
      ["adjust", "check", true],
      ["send", "check", true],
    ]);
  });

  it("orders a case by time although the file does not, and keeps the file's order for equal times", () => {
    const profile = profileLog([row("1", "B", 5), row("1", "C", 5), row("1", "A", 1)]);
    const flow = parse(discoverFlow(profile, names));
    expect(flow.steps.map((step: { id: string }) => step.id)).toEqual(["a", "b", "c"]);
  });

  it("gives every activity an id of its own, also where names differ only in signs or are Chinese", () => {
    const ids = nameSteps(["T07-1 Draft", "T07 1 draft", "审批", "付款", "1"]);
    expect([...ids.values()]).toEqual(["t07_1_draft", "t07_1_draft_2", "step_3", "step_4", "step_5"]);
  });
});
