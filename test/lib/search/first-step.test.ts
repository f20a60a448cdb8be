import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseFlow } from "#lib/flow/parse-flow.ts";
import { declareFlow, sendEvent } from "#lib/search/first-step.ts";

it("writes a flow that Hopline takes, wherever the folder is", () => {
  const root = mkdtempSync(join(tmpdir(), "hopline-first-"));
  try {
    const step = declareFlow(join(root, "it's here", "flows"));
    execFileSync("sh", ["-c", step.command]);
    const text = readFileSync(step.kind === "flow" ? step.file : "", "utf8");
    const parsed = parseFlow(text, { hash: () => "", readFile: () => null });
    expect(parsed).toMatchObject({ flow: { flow: "order-to-cash", primary: "order_no" } });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

it("sends an event that is JSON after the shell has read it, with a token only where one is needed", () => {
  const asked = { flow: "order-to-cash", flowName: "Order to cash", step: "placed", primary: "order_no" };
  const local = sendEvent({ ...asked, workerUrl: "http://127.0.0.1:4318", needsToken: false });
  expect(local.command).not.toContain("Authorization");
  const shown = local.command.replace(/^curl /u, "printf '%s\\n' ");
  const lines = execFileSync("sh", ["-c", shown], { encoding: "utf8" }).trim().split("\n");
  const event: unknown = JSON.parse(lines.at(-1) ?? "");
  expect(event).toMatchObject({ flow: "order-to-cash", step: "placed", keys: { order_no: "SO-1042" } });
  expect(event).toHaveProperty("time", expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/u));
  expect(sendEvent({ ...asked, workerUrl: "http://10.0.0.1:4318", needsToken: true }).command).toContain(
    "Bearer $HOPLINE_TOKEN",
  );
});
