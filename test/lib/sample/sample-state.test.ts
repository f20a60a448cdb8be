import { describe, expect, it } from "vitest";
import { sampleStateOf } from "#lib/sample/sample-state.ts";

const asked = (kind: string, state: "waiting" | "running" | "done" | "failed", output = {}) => ({
  kind,
  state,
  output,
});
const loaded = { flows: ["sample-order-to-cash"] };

describe("the state of the sample company", () => {
  it("is absent until somebody asks for it, and loaded as long as the worker notes it", () => {
    expect(sampleStateOf(null, null)).toEqual({ state: "absent" });
    expect(sampleStateOf(asked("load_sample", "done"), loaded)).toEqual({ state: "loaded" });
    // the request may have been forgotten meanwhile
    expect(sampleStateOf(null, loaded)).toEqual({ state: "loaded" });
    expect(sampleStateOf(asked("remove_sample", "done"), null)).toEqual({ state: "absent" });
  });

  it("is on its way while the worker has not answered", () => {
    expect(sampleStateOf(asked("load_sample", "waiting"), null)).toEqual({ state: "loading" });
    expect(sampleStateOf(asked("remove_sample", "running"), loaded)).toEqual({ state: "removing" });
  });

  it("tells why it failed, and whether a part of it is there", () => {
    const failed = asked("load_sample", "failed", { error: "The disk is full." });
    expect(sampleStateOf(failed, loaded)).toEqual({ state: "failed", problem: "The disk is full.", isThere: true });
    expect(sampleStateOf(asked("load_sample", "failed"), null)).toEqual({
      state: "failed",
      problem: "",
      isThere: false,
    });
  });
});
