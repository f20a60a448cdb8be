import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const checkNode = fileURLToPath(new URL("../../ingest/check-node.js", import.meta.url));

function runOn(version: string): { status: number | null; stdout: string; stderr: string } {
  const pretend = `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });`;
  const script = `${pretend} await import(${JSON.stringify(checkNode)}); console.log("started");`;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
}

it("lets Hopline start on a Node that is new enough", () => {
  expect(runOn("24.0.0")).toMatchObject({ status: 0, stdout: "started\n", stderr: "" });
});

it("names the version needed and the one found on a Node that is too old", () => {
  const { status, stdout, stderr } = runOn("20.9.0");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/needs Node 24 or newer; this is Node 20\.9\.0/);
});
