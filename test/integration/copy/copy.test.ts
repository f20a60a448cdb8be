import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TransferProgress } from "#lib/storage/transfer.ts";
import { runHopline, startHopline, type RunningCommand } from "#test/support/run-hopline.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { removeHome, startRefused, startTestWorker } from "#test/support/worker.ts";
import { homeAt, readAnswers } from "./answers.ts";
import { makeCopyWorld, type CopyWorld } from "./copy-world.ts";

let world: CopyWorld;
beforeAll(async () => {
  world = await makeCopyWorld({ orders: 2_500 });
}, 120_000);
afterAll(() => {
  removeHome(world.home);
});

/** The world's own, for a test that leaves traces in its source. */
const sourceOf = (folder: string): string => {
  const home = join(folder, "source");
  cpSync(world.home, home, { recursive: true });
  return home;
};
const copyWords = (from: string, to: string): readonly string[] => [
  "copy",
  "--from",
  `sqlite:${from}`,
  "--to",
  `sqlite:${to}`,
];
const elsewhere = (folder: string) => ({ HOPLINE_HOME: join(folder, "elsewhere") });
const start = (folder: string, from: string, to: string): RunningCommand =>
  startHopline(copyWords(from, to), elsewhere(folder));

/** What the target keeps of the copy so far. */
const progressOf = (home: string): TransferProgress | null => {
  if (!existsSync(join(home, "control.db"))) return null;
  const database = new DatabaseSync(join(home, "control.db"), { readOnly: true });
  try {
    const row = database.prepare("SELECT value FROM setting WHERE name = 'hopline.copy'").get();
    return row === undefined ? null : (JSON.parse(String(row["value"])) as TransferProgress);
  } catch {
    // The tables are being made.
    return null;
  } finally {
    database.close();
  }
};

describe("a copy from one embedded store into another", () => {
  it("answers as the source does, of records, lists, failures, latencies, people and the audit", async () => {
    const folder = makeTempFolder();
    const [from, to] = [sourceOf(folder), join(folder, "target")];
    const result = await runHopline(copyWords(from, to), elsewhere(folder));
    expect(result).toMatchObject({ from: `sqlite:${from}`, to: `sqlite:${to}`, secret: "missing" });
    expect(JSON.stringify(result["goAlong"])).toContain("HOPLINE_SECRET_FILE");
    const answers = await readAnswers(homeAt(to, world), world);
    expect(answers).toEqual(await readAnswers(homeAt(from, world), world));
    expect(answers["brokenAudit"]).toBeNull();
    // It really holds something of every kind.
    expect(Object.entries(result["copied"] as object).filter(([, { count }]) => count === 0)).toEqual([
      ["setupLink", { count: 0, checksum: "0".repeat(32) }],
    ]);
    expect(answers["records"]).not.toContain(null);
  });

  it("goes on as the same installation: its worker takes the next events in, and knows the ones before", async () => {
    const folder = makeTempFolder();
    const [from, to] = [sourceOf(folder), join(folder, "target")];
    mkdirSync(to);
    for (const name of ["secret", "flows"]) cpSync(join(from, name), join(to, name), { recursive: true });
    expect(await runHopline(copyWords(from, to), elsewhere(folder))).toMatchObject({ secret: "same", goAlong: [] });
    const worker = await startTestWorker({ home: to });
    try {
      const event = { id: "p-1", step: "placed", source: "oms", time: world.now - 1, keys: { order_no: "SO-1" } };
      const { rejected } = await worker.sendHops([event, { ...event, id: "next", step: "shipped", point: "scan" }]);
      expect(rejected).toMatchObject([{ index: 0, reason: "id_reused" }]);
    } finally {
      await worker.stop();
    }
    const again = await runHopline(copyWords(from, to), elsewhere(folder));
    expect(again["finishedAt"]).toBe(progressOf(to)?.finishedAt);
  });

  it("goes on where it was after kill -9, and the half of it opens for nobody meanwhile", async () => {
    const folder = makeTempFolder();
    const [from, to] = [sourceOf(folder), join(folder, "target")];
    const moments = [
      () => existsSync(join(to, "events")) && readdirSync(join(to, "events")).some((name) => name.startsWith("2")),
      () => progressOf(to)?.kinds.event?.done === true,
      () => (progressOf(to)?.kinds.link?.count ?? 0) > 0,
      () => progressOf(to)?.kinds.auditEntry !== undefined,
    ];
    for (const moment of moments) {
      const { child, ended } = start(folder, from, to);
      await waitFor("the moment to die", moment, { timeoutMs: 60_000, intervalMs: 1 });
      child.kill("SIGKILL");
      await ended;
    }
    const before = progressOf(to);
    expect(before).toMatchObject({ finishedAt: null, kinds: { event: { done: true } } });
    const { code, said } = await startRefused({ home: to });
    expect(code).toBe(1);
    expect(said).toContain(`Go on with: npm run hopline -- copy --from sqlite:${from} --to sqlite:${to}`);
    const result = await runHopline(copyWords(from, to), elsewhere(folder));
    expect(result["startedAt"]).toBe(before?.startedAt);
    expect(await readAnswers(homeAt(to, world), world)).toEqual(await readAnswers(homeAt(from, world), world));
  });

  it("stops at Ctrl-C after the round it is in, and says how to go on", async () => {
    const folder = makeTempFolder();
    const [from, to] = [sourceOf(folder), join(folder, "target")];
    const { child, ended } = start(folder, from, to);
    await waitFor("it to begin", () => progressOf(to) !== null, { intervalMs: 1 });
    child.kill("SIGINT");
    const { code, said } = await ended;
    expect(code).toBe(1);
    expect(said).toContain(`npm run hopline -- copy --from sqlite:${from} --to sqlite:${to}`);
    await runHopline(copyWords(from, to), elsewhere(folder));
    expect(await readAnswers(homeAt(to, world), world)).toEqual(await readAnswers(homeAt(from, world), world));
  });
});

describe("a copy is refused", () => {
  const refusal = async (folder: string, words: readonly string[]): Promise<string> => {
    const { code, said } = await startHopline(words, elsewhere(folder)).ended;
    expect(code).not.toBe(0);
    return said;
  };

  it("into a store that holds something, into the source itself, and from where nothing is", async () => {
    const folder = makeTempFolder();
    const [from, filled] = [sourceOf(folder), join(folder, "filled")];
    cpSync(world.home, filled, { recursive: true });
    expect(await refusal(folder, copyWords(from, filled))).toContain("is not empty");
    expect(await refusal(folder, copyWords(from, from))).toContain("the same store");
    expect(await refusal(folder, copyWords(join(folder, "nothing"), join(folder, "target")))).toContain(
      "holds no store",
    );
    expect(existsSync(join(folder, "nothing"))).toBe(false);
    expect(await refusal(folder, ["copy", "--from", "here", "--to", `sqlite:${filled}`])).toContain("write sqlite:DIR");
  });

  it("while the worker of the source runs, naming its process", async () => {
    const folder = makeTempFolder();
    const from = sourceOf(folder);
    const worker = await startTestWorker({ home: from });
    try {
      const said = await refusal(folder, copyWords(from, join(folder, "target")));
      expect(said).toContain(from);
      if (process.platform === "linux") expect(said).toContain(`process ${worker.pid}`);
    } finally {
      await worker.stop();
    }
  });

  it("to go on from another store, or from one that has gone on meanwhile", async () => {
    const folder = makeTempFolder();
    const [from, other, to] = [sourceOf(folder), join(folder, "other"), join(folder, "target")];
    cpSync(from, other, { recursive: true });
    const { child, ended } = start(folder, from, to);
    await waitFor("it to begin", () => progressOf(to) !== null, { intervalMs: 1 });
    child.kill("SIGKILL");
    await ended;
    expect(await refusal(folder, copyWords(other, to))).toContain(`holds a copy of sqlite:${from}`);
    expect(await refusal(folder, copyWords(to, join(folder, "further")))).toContain("a part of");
    const worker = await startTestWorker({ home: from });
    await worker.sendHops([{ step: "placed", time: Date.now(), keys: { order_no: "SO-new" } }]);
    await worker.stop();
    expect(await refusal(folder, copyWords(from, to))).toContain("has changed since");
  });

  it("where the target has a secret of its own, or the source has events that were not worked in", async () => {
    const folder = makeTempFolder();
    const [from, to] = [sourceOf(folder), join(folder, "target")];
    mkdirSync(to);
    writeFileSync(join(to, "secret"), "another\n");
    expect(await refusal(folder, copyWords(from, to))).toContain("is another secret");
    rmSync(join(to, "secret"));
    for (const end of ["", "-wal", "-shm"]) rmSync(join(from, "events", `state.db${end}`), { force: true });
    expect(await refusal(folder, copyWords(from, to))).toContain("not worked in yet");
  });

  it("to be called done where the target is not the same, and the differences are named", async () => {
    const folder = makeTempFolder();
    const [from, to] = [sourceOf(folder), join(folder, "target")];
    const { child, ended } = start(folder, from, to);
    await waitFor("journeys to come", () => progressOf(to)?.kinds.journey?.done === true, {
      timeoutMs: 60_000,
      intervalMs: 1,
    });
    child.kill("SIGKILL");
    await ended;
    const state = new DatabaseSync(join(to, "events", "state.db"));
    state.exec("DELETE FROM journey WHERE id IN (SELECT id FROM journey LIMIT 3)");
    state.exec("UPDATE unit SET body = replace(body, 'SO-2', 'SO-9') WHERE id = 5");
    state.close();
    const { code, out, said } = await startHopline([...copyWords(from, to), "--json"], elsewhere(folder)).ended;
    expect(code).toBe(1);
    const { differences } = JSON.parse(out) as { readonly differences: readonly { readonly kind: string }[] };
    expect(differences.map(({ kind }) => kind)).toContain("journey");
    expect(said).toContain("in the target");
    expect((await startRefused({ home: to })).code).toBe(1);
  });
});
