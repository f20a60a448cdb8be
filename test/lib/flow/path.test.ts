import { describe, expect, it } from "vitest";
import { toDownstreamSchemas } from "#lib/flow/downstream-schemas.ts";
import { toFlowHash } from "#lib/flow/flow-hash.ts";
import { toFlowPath } from "#lib/flow/path.ts";
import { flowOf, flowWith, orderToCash, sha } from "./flow-sample.ts";
import { toStepId } from "#lib/id/id.ts";

const id = toStepId;

describe("the path of a flow", () => {
  const path = toFlowPath(
    flowWith(
      "id: d, system: s, afterAny: [b, c]",
      "id: a, system: s",
      "id: c, system: s, after: a",
      "id: b, system: s, after: a",
      "id: x, system: s, ends: true",
    ),
  );

  it("has every step behind those it waits for, ties as declared", () => {
    expect(path.order).toEqual(["a", "c", "b", "d", "x"]);
  });

  it("knows what is before and after each step", () => {
    expect(path.predecessors(id("d"))).toEqual(["b", "c"]);
    expect(path.successors(id("a"))).toEqual(["c", "b"]);
    expect(path.ancestors(id("d"))).toEqual(["a", "c", "b"]);
    expect(path.descendants(id("a"))).toEqual(["c", "b", "d"]);
    expect(path.descendants(id("x"))).toEqual([]);
    expect(path.ancestors(id("nowhere"))).toEqual([]);
  });
});

describe("the schemas judged at the door", () => {
  const flow = flowWith(
    "id: a, system: s",
    "id: b, system: s, after: a, optional: true",
    "id: c, system: s, after: b, contract: { required: [c] }",
    "id: d, system: s, after: c, when: { required: [d] }, contract: { required: [c] }",
    "id: e, system: s, after: b, when: { required: [e] }",
    "id: f, system: s, after: e, when: { required: [f] }",
  );
  const at = (step: string): string[] => {
    const { contracts, whens } = toDownstreamSchemas(flow)(id(step));
    const names = (refs: typeof contracts): string =>
      refs.map((ref) => (ref.schema as { required: string[] }).required[0]).join("");
    return [names(contracts), names(whens)];
  };

  it("are the contracts of all steps below, each once, and the whens whose deadline may count from here", () => {
    // b and e may be looked through: one is optional, the other may not be expected.
    expect(at("a")).toEqual(["c", "ef"]);
    expect(at("b")).toEqual(["c", "ef"]);
    expect(at("c")).toEqual(["c", "d"]);
    expect(at("e")).toEqual(["", "f"]);
    expect(at("f")).toEqual(["", ""]);
  });
});

describe("the hash of a flow", () => {
  const hash = (text: string): string => toFlowHash(flowOf(text), sha);

  it("does not depend on comments, spelling and the order of keys", () => {
    const other = orderToCash
      .replace("# default: every role", "")
      .replace("[support, manager]", "[manager, support]")
      .replace("after: placed", "after: [placed]");
    expect(hash(other)).toBe(hash(orderToCash));
  });

  it("changes with the declaration and with the schemas it names", () => {
    expect(hash(orderToCash.replace("15m", "16m"))).not.toBe(hash(orderToCash));
    expect(hash(orderToCash.replace("contracts/finance-order.json", "contracts/yaml.yaml"))).not.toBe(
      hash(orderToCash),
    );
  });
});
