import { describe, expect, it } from "vitest";
import { fromCloudEvent, fromCloudEventHeaders, isBinaryCloudEvent } from "#lib/event/cloud-event.ts";

const context = { specversion: "1.0", id: "ce-1", source: "/oms", type: "hop" };
const data = { step: "paid", keys: { order_no: "SO-1" } };

describe("a CloudEvent", () => {
  it("fills what its data leaves out", () => {
    const event = { ...context, time: "2026-11-23T10:00:00Z", traceparent: "00-a-b-01", data };
    expect(fromCloudEvent(event)).toEqual({
      accepted: true,
      raw: { ...data, source: "/oms", id: "ce-1", time: "2026-11-23T10:00:00Z", trace: "00-a-b-01" },
    });
  });

  it("does not overrule its data, but counts what is empty there as left out", () => {
    const own = { ...data, source: "own", id: "", time: 5, trace: "own" };
    expect(fromCloudEvent({ ...context, time: "2026-11-23T10:00:00Z", traceparent: "x", data: own })).toEqual({
      accepted: true,
      raw: { ...own, id: "ce-1" },
    });
  });

  it("may carry its data as base64, keys as sent", () => {
    const inner = '{"step":"付款","keys":{"order_no":1.0}}';
    const text = Buffer.from(inner).toString("base64");
    expect(fromCloudEvent({ ...context, data_base64: text })).toMatchObject({
      accepted: true,
      raw: { step: "付款", keys: { order_no: "1.0" } },
    });
  });

  it("can't carry both, nor base64 that is none, nor data that is no object", () => {
    const path = "/data_base64";
    expect(fromCloudEvent({ ...context, data, data_base64: "e30=" })).toEqual({
      accepted: false,
      reason: "invalid_type",
      path,
    });
    expect(fromCloudEvent({ ...context, data_base64: "%%%" })).toEqual({
      accepted: false,
      reason: "invalid_json",
      path,
    });
    expect(fromCloudEvent({ ...context, data_base64: "e30/w==" })).toEqual({
      accepted: false,
      reason: "invalid_json",
      path,
    });
    expect(fromCloudEvent({ ...context, data: "text" })).toEqual({
      accepted: false,
      reason: "invalid_type",
      path: "/data",
    });
  });

  it.each(["specversion", "id", "source", "type"])("without %s is none", (name) => {
    expect(fromCloudEvent({ ...context, [name]: undefined, data })).toEqual({
      accepted: false,
      reason: "invalid_type",
      path: `/${name}`,
    });
  });

  it("in binary mode has its context in percent-encoded headers", () => {
    const headers = {
      "ce-specversion": "1.0",
      "ce-id": "%E8%AE%A2%E5%8D%95-1",
      "ce-source": '"/oms"',
      "ce-type": "hop",
      "ce-time": "2026-11-23T10:00:00Z",
      traceparent: "00-a-b-01",
      "content-type": "application/json",
    };
    expect(isBinaryCloudEvent(headers)).toBe(true);
    expect(fromCloudEventHeaders(headers, data)).toEqual({
      accepted: true,
      raw: { ...data, source: "/oms", id: "订单-1", time: "2026-11-23T10:00:00Z", trace: "00-a-b-01" },
    });
    expect(fromCloudEventHeaders({ ...headers, "ce-id": "%E8%" }, data)).toEqual({
      accepted: false,
      reason: "invalid_type",
      path: "/id",
    });
    expect(isBinaryCloudEvent({ "content-type": "application/json" })).toBe(false);
  });
});
