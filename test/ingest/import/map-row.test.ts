import { describe, expect, it } from "vitest";
import { mapRow, type RowContext } from "#ingest/import/map-row.ts";
import { toKeyType, toStepId } from "#lib/id/id.ts";

const context: RowContext = {
  columns: { case: "case", activity: "activity", time: "time", keys: {} },
  flow: "permits",
  keyType: "case_id",
  stepOf: (activity) => activity.toLowerCase(),
  rules: [],
  source: "permits.csv",
  timeZone: "Asia/Shanghai",
};
const row = { case: " C-1 ", activity: "Check", time: "2026-11-23T10:00:00Z", group: "Group 4", note: "" };

describe("a row of an event log", () => {
  it("becomes a hop event with what else stands in the row as attributes", () => {
    expect(mapRow(row, 7, context)).toEqual({
      event: {
        id: "line-7",
        source: "permits.csv",
        flow: "permits",
        step: "check",
        time: "2026-11-23T10:00:00.000Z",
        keys: { case_id: "C-1" },
        attributes: { group: "Group 4" },
      },
    });
  });

  it("takes its id from the id column where one is known", () => {
    const mapped = mapRow({ ...row, task: "task-9" }, 7, { ...context, columns: { ...context.columns, id: "task" } });
    expect(mapped).toMatchObject({ event: { id: "task-9" } });
  });

  it("follows the flow's match rule for its activity, keys included", () => {
    const rules = [{ step: toStepId("verified"), point: "Check", keys: { [toKeyType("permit_no")]: "case" } }];
    expect(mapRow(row, 7, { ...context, rules })).toMatchObject({
      event: { step: "verified", keys: { permit_no: "C-1" } },
    });
  });

  it("names line and column of a row that cannot be taken", () => {
    expect(mapRow({ ...row, time: "soon" }, 7, context)).toEqual({
      problem: 'line 7: "soon" in column "time" is not a time',
    });
    expect(mapRow({ ...row, activity: " " }, 8, context)).toEqual({ problem: 'line 8: column "activity" is empty' });
    expect(mapRow({ ...row, case: "" }, 9, context)).toEqual({ problem: 'line 9: no key in "case"' });
  });
});
