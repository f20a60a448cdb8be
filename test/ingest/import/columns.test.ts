import { describe, expect, it } from "vitest";
import { findColumns } from "#ingest/import/columns.ts";

describe("columns of an event log", () => {
  it("knows the names of XES logs, and their event id", () => {
    const found = findColumns(["case:concept:name", "concept:instance", "concept:name", "time:timestamp"], {
      keys: {},
    });
    expect(found).toEqual({
      columns: {
        case: "case:concept:name",
        activity: "concept:name",
        time: "time:timestamp",
        id: "concept:instance",
        keys: {},
      },
    });
  });

  it("knows common spreadsheet names whatever their case", () => {
    const found = findColumns(["Case ID", "Activity", "Timestamp"], { keys: {} });
    expect(found).toEqual({ columns: { case: "Case ID", activity: "Activity", time: "Timestamp", keys: {} } });
  });

  it("says which option to add when a column cannot be told", () => {
    const found = findColumns(["nr", "activity", "time"], { keys: {} });
    expect(found).toEqual({ problem: expect.stringContaining("add --case COLUMN") });
    expect(found).toEqual({ problem: expect.stringContaining("nr, activity, time") });
  });

  it("names a chosen column that the file does not have", () => {
    expect(findColumns(["a", "b"], { case: "c", keys: {} })).toEqual({
      problem: expect.stringContaining('no column "c"'),
    });
  });
});
