import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEvents, openStorage, type Storage } from "#lib/storage/open.ts";
import type { TransferProgress } from "#lib/storage/transfer.ts";
import { runHopline, startHopline } from "#test/support/run-hopline.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";
import { openTestCluster } from "#test/support/open-test-cluster.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { removeHome } from "#test/support/worker.ts";
import { homeAt, readAnswers } from "./answers.ts";
import { makeCopyWorld, type CopyWorld } from "./copy-world.ts";

let world: CopyWorld;
const beds: ReturnType<typeof openTestCluster>[] = [];
beforeAll(async () => {
  world = await makeCopyWorld({ orders: 300 });
}, 120_000);
afterAll(async () => {
  removeHome(world.home);
  for (const bed of beds) {
    await bed.remove();
    await bed.close();
  }
});

const newBed = (): ReturnType<typeof openTestCluster> => {
  const bed = openTestCluster();
  beds.push(bed);
  return bed;
};
type Bed = ReturnType<typeof newBed>;

const environment = ({ settings: { username, password, prefix } }: Bed, folder: string): Record<string, string> => ({
  HOPLINE_HOME: join(folder, "elsewhere"),
  ELASTICSEARCH_PREFIX: prefix,
  ELASTICSEARCH_REPLICAS: "0",
  ...(username === null ? {} : { ELASTICSEARCH_USERNAME: username, ELASTICSEARCH_PASSWORD: password ?? "" }),
});
const addressOf = ({ settings: { urls } }: Bed): string => `elasticsearch:${urls.join(",")}`;
const textOf = (bed: Bed): string => `${addressOf(bed)} with ELASTICSEARCH_PREFIX=${bed.settings.prefix}`;
const words = (from: string, to: string): readonly string[] => ["copy", "--from", from, "--to", to];

const clusterAt =
  ({ settings }: Bed, home: string): (() => Promise<Storage>) =>
  async () =>
    openStorage({ home, elasticsearch: settings }, { mode: "console", now: () => world.now });

/** What the target keeps of the copy so far. */
const progressOf = async ({ cluster, settings: { prefix } }: Bed): Promise<TransferProgress | null> => {
  const kept = await cluster.get<{ readonly kept: string }>(`${prefix}-control`, "copy").catch(() => null);
  return kept === null ? null : (JSON.parse(kept.source.kept) as TransferProgress);
};

describe("a copy into a cluster", () => {
  it("answers as the embedded store did, and the copy back into a home does too", async () => {
    const folder = makeTempFolder();
    const [bed, home] = [newBed(), join(folder, "home")];
    const source = `sqlite:${world.home}`;
    const there = await runHopline(words(source, addressOf(bed)), environment(bed, folder));
    expect(there).toMatchObject({ from: source, to: textOf(bed), secret: "unknown" });
    const before = await readAnswers(homeAt(world.home, world), world);
    expect(await readAnswers(clusterAt(bed, folder), world)).toEqual(before);
    expect(JSON.stringify(there["goAlong"])).toContain(join(world.home, "secret"));

    const back = await runHopline(words(addressOf(bed), `sqlite:${home}`), environment(bed, folder));
    const again = await readAnswers(homeAt(home, world), world);
    // The copy back stands in the audit of the cluster, in a chain of its own.
    for (const [name, answer] of Object.entries(before))
      if (name !== "audit" && name !== "heads") expect([name, again[name]]).toEqual([name, answer]);
    expect(again["audit"]).toEqual(expect.arrayContaining(before["audit"] as object[]));
    expect(again["audit"]).toHaveLength((before["audit"] as object[]).length + 1);
    const kinds = ["event", "unit", "link", "key", "journey", "user", "note", "deadLetter"];
    const [out, returned] = [there["copied"], back["copied"]] as Record<string, unknown>[];
    for (const kind of kinds) expect(returned?.[kind]).toEqual(out?.[kind]);
  });

  it("goes on where it was after kill -9, for the same source alone, and is done once", async () => {
    const folder = makeTempFolder();
    const bed = newBed();
    const env = environment(bed, folder);
    const command = words(`sqlite:${world.home}`, addressOf(bed));
    const moments = ["event", "journey"] as const;
    for (const kind of moments) {
      const { child, ended } = startHopline(command, env);
      await waitFor(`${kind} to be copied`, async () => (await progressOf(bed))?.kinds[kind] !== undefined, {
        timeoutMs: 60_000,
        intervalMs: 5,
      });
      child.kill("SIGKILL");
      await ended;
    }
    const other = await startHopline(words(`sqlite:${join(folder, "x")}`, addressOf(bed)), env).ended;
    expect(other.code).toBe(1);
    const progress = await progressOf(bed);
    expect(progress?.finishedAt).toBeNull();
    await expect(clusterAt(bed, folder)()).rejects.toMatchObject({ code: "conflict" });
    const place = { home: folder, elasticsearch: bed.settings };
    await expect(openEvents(place, { mode: "writer", now: () => world.now })).rejects.toMatchObject({
      code: "conflict",
    });
    const result = await runHopline(command, env);
    expect(result["startedAt"]).toBe(progress?.startedAt);
    expect(await readAnswers(clusterAt(bed, folder), world)).toEqual(
      await readAnswers(homeAt(world.home, world), world),
    );
    expect((await runHopline(command, env))["finishedAt"]).toBe(result["finishedAt"]);
  });

  it("shows no credentials, and says what is wrong with the address", async () => {
    const folder = makeTempFolder();
    const bed = newBed();
    const env = { ...environment(bed, folder), ELASTICSEARCH_PASSWORD: "hush-hush", ELASTICSEARCH_USERNAME: "me" };
    const source = `sqlite:${world.home}`;
    const nowhere = await startHopline(words(source, "elasticsearch:http://127.0.0.1:1"), env).ended;
    expect(nowhere.code).toBe(1);
    expect(nowhere.said).toContain("No Elasticsearch answers at http://127.0.0.1:1");
    const told = await startHopline(words(source, "elasticsearch:http://me:hush-hush@127.0.0.1:9200"), env).ended;
    expect(told.code).toBe(1);
    expect(`${nowhere.said}${nowhere.out}${told.said}${told.out}`).not.toContain("hush-hush");
    const empty = await startHopline(words(addressOf(bed), `sqlite:${join(folder, "t")}`), environment(bed, folder))
      .ended;
    expect(empty.said).toContain("holds no store of Hopline");
  });
});
