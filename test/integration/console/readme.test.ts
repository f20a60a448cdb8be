import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { hoplineOf } from "#test/support/hopline.ts";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const flow = /```yaml\n([\s\S]*?)```/u.exec(readme)?.[1] ?? "";
/** Bodies of the curls, in order: the healthy record, the broken one, the heartbeat. */
const bodies = [...readme.matchAll(/^curl [^\n]*-d '([\s\S]*?\}\]?)'/gmu)].map(([, body]) => body ?? "");
const fill = (body: string, at: number): string =>
  body.replaceAll("'$now'", String(at)).replaceAll("'$(date +%s)'000", String(at));

const hopline = hoplineOf({ "order-to-cash.yaml": flow });

const journeyOf = async (orderNo: string) => {
  const { body } = await hopline.get<RecordAnswer>(`/api/v1/records/order_no/${orderNo}`);
  return body.journeys[0];
};

describe("the README's five minutes", () => {
  it("lead to the verdict it promises, and to cannot tell before the heartbeat", async () => {
    const [healthy = "", broken = "", heartbeat = ""] = bodies;
    const sentAt = Date.now() - 10_000;
    for (const body of [healthy, broken]) {
      expect(await hopline.post("/v1/hops", fill(body, sentAt))).toMatchObject({ status: 202 });
    }
    expect(await journeyOf("SO-1041")).toMatchObject({ state: "completed" });
    expect(await journeyOf("SO-1042")).toMatchObject({
      state: "unknown",
      verdict: { reason: "source_silent", step: "posted" },
    });

    expect((await hopline.post("/v1/heartbeats", fill(heartbeat, Date.now()))).status).toBeLessThan(300);
    await hopline.eventually(async () => {
      expect(await journeyOf("SO-1042")).toMatchObject({
        state: "overdue",
        verdict: { reason: "missing_field", step: "posted", field: "tax_no" },
      });
    });
    const { en } = (await journeyOf("SO-1042"))?.verdict.summary ?? { en: "" };
    expect(en).toMatch(/^SO-1042 reached CRM export at [\d:]+ and never reached Finance \(due [\d:]+, .* overdue\): /u);
    expect(en).toContain("(`tax_no`) was empty in the CRM export data; Finance requires it.");
  });
});
