import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { supervise } from "#ingest/supervisor/supervise.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const graceMs = 30_000;
const supervisorUrl = new URL("../../../ingest/supervisor/supervise.ts", import.meta.url).href;

/** A program that writes its process id to `ready`, and `stopped` to another file when it is asked to stop. */
function writeProgram(folder: string, onSigterm = "process.exit(0)"): string {
  const path = join(folder, "program.ts");
  const stopped = JSON.stringify(join(folder, "stopped"));
  const ready = JSON.stringify(join(folder, "ready"));
  writeFileSync(
    path,
    `import { renameSync, writeFileSync } from "node:fs";
     process.on("SIGTERM", () => { writeFileSync(${stopped}, ""); ${onSigterm}; });
     setInterval(() => {}, 1000);
     writeFileSync(${ready} + ".part", String(process.pid));
     renameSync(${ready} + ".part", ${ready});`,
  );
  return path;
}

const started = (folder: string): Promise<boolean> => waitFor("the program", () => existsSync(join(folder, "ready")));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("a supervised process", () => {
  it("ends with its own exit code", async () => {
    expect(await supervise({ env: process.env, graceMs }).run(["--eval", "process.exit(3)"])).toBe(3);
  });

  it("runs in production mode, without Next.js telemetry, in the folder asked for", async () => {
    const folder = makeTempFolder();
    const script = `require("fs").writeFileSync("seen", process.env.NODE_ENV + process.env.NEXT_TELEMETRY_DISABLED)`;
    await supervise({ env: process.env, graceMs }).run(["--eval", script], folder);
    expect(readFileSync(join(folder, "seen"), "utf8")).toBe("production1");
  });

  it("is asked to stop, and does so in its own way", async () => {
    const folder = makeTempFolder();
    const supervisor = supervise({ env: process.env, graceMs });
    const ended = supervisor.run([writeProgram(folder)]);
    await started(folder);
    supervisor.stop();
    expect(await ended).toBe(0);
    expect(existsSync(join(folder, "stopped"))).toBe(true);
  });

  it("is killed when it does not stop within the grace", async () => {
    const folder = makeTempFolder();
    const supervisor = supervise({ env: process.env, graceMs: 100 });
    const ended = supervisor.run([writeProgram(folder, "undefined")]);
    await started(folder);
    supervisor.stop();
    expect(await ended).toBe(128 + 9);
  });

  it("is killed at once when asked to", async () => {
    const folder = makeTempFolder();
    const supervisor = supervise({ env: process.env, graceMs });
    const ended = supervisor.run([writeProgram(folder)]);
    await started(folder);
    supervisor.kill();
    expect(await ended).toBe(128 + 9);
    expect(existsSync(join(folder, "stopped"))).toBe(false);
  });

  it("does not start any more once the supervisor is stopping", async () => {
    const supervisor = supervise({ env: process.env, graceMs });
    supervisor.stop();
    expect(await supervisor.run(["--eval", ""])).not.toBe(0);
  });

  it("may start processes of its own and talk to them", async () => {
    const folder = makeTempFolder();
    const parent = join(folder, "parent.ts");
    writeFileSync(
      join(folder, "child.ts"),
      `process.on("message", (text) => process.send?.(text + "!", () => process.disconnect()));`,
    );
    writeFileSync(
      parent,
      `import { fork } from "node:child_process";
       import { writeFileSync } from "node:fs";
       const child = fork(${JSON.stringify(join(folder, "child.ts"))});
       child.on("message", (text) => writeFileSync("heard", String(text)));
       // Late enough for a child that does not hold on to its channel to have ended.
       child.on("spawn", () => setTimeout(() => child.send("hello"), 300));`,
    );
    await supervise({ env: process.env, graceMs }).run([parent], folder);
    expect(existsSync(join(folder, "heard"))).toBe(true);
  });

  it.each([
    ["its supervisor is killed", (script: string) => spawn(process.execPath, ["--eval", script], { stdio: "ignore" })],
    [
      "the shell that npm started the supervisor in is killed",
      (script: string) =>
        spawn("sh", ["-c", '"$0" --eval "$1"; true', process.execPath, script], {
          stdio: "ignore",
          env: { ...process.env, npm_lifecycle_event: "start" },
        }),
    ],
  ])("stops as if asked to when %s", async (_what, start) => {
    const folder = makeTempFolder();
    const parent = start(`import(${JSON.stringify(supervisorUrl)}).then(({ supervise }) =>
      supervise({ env: process.env, graceMs: 1000 }).run([${JSON.stringify(writeProgram(folder))}]))`);
    await started(folder);
    const pid = Number(readFileSync(join(folder, "ready"), "utf8"));
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await waitFor("the orphan to end", () => !isAlive(pid));
    expect(existsSync(join(folder, "stopped"))).toBe(true);
  });
});
