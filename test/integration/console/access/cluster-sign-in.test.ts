import { beforeAll, describe, expect, it } from "vitest";
import { openCluster } from "#lib/storage/elasticsearch/cluster.ts";
import { createUser, goodPassword, prepareConsole, signIn, trySignIn, withControl } from "#test/support/console.ts";
import { keepInCluster } from "#test/support/keep-in-cluster.ts";
import { placeOf } from "#test/support/store-place.ts";
import { waitFor } from "#test/support/wait-for.ts";

keepInCluster();
const kit = prepareConsole();

/** What the cluster itself does to indices on a disk that is full. */
const flood = async (isFull: boolean): Promise<void> => {
  const { elasticsearch } = placeOf(kit.home);
  if (elasticsearch === null) throw new Error("This home is kept on disk");
  const cluster = openCluster(elasticsearch);
  await cluster.client.indices.putSettings({
    index: `${elasticsearch.prefix}-*`,
    settings: { "index.blocks.read_only_allow_delete": isFull ? true : null },
  });
  await cluster.close();
};
const actionsOf = async (name: string): Promise<readonly string[]> =>
  withControl(kit.home, async ({ audit }) =>
    (await audit.list({ by: name, cursor: null, limit: 20 })).items.map(({ action }) => action),
  );
const failuresOf = async (name: string): Promise<number | undefined> =>
  withControl(kit.home, async ({ access }) => (await access.findUserByName(name))?.failedAttempts);

beforeAll(async () => {
  for (const name of ["li", "guessed", "counted"]) await createUser(kit.home, name, "support");
});

describe("signing in while the cluster takes no writes", () => {
  it("lets people in, keeps guessers out, and tells of both when there is room", async () => {
    await flood(true);
    const cookie = await signIn(kit.url, "li");
    expect((await fetch(kit.url, { headers: { cookie }, redirect: "manual" })).status).toBe(200);
    for (let attempt = 1; attempt < 5; attempt += 1)
      expect((await trySignIn(kit.url, "guessed", `guess ${attempt}`)).error).toBe("wrong");
    const fifth = await trySignIn(kit.url, "guessed", "guess 5");
    expect(fifth.error).toMatch(/^locked:\d+$/u);
    expect((await trySignIn(kit.url, "GUESSED", goodPassword)).cookie).toBe("");

    await flood(false);
    await waitFor("the audit entries", async () => (await actionsOf("li")).includes("user.signed_in"));
    expect((await actionsOf("guessed")).filter((action) => action === "user.sign_in_refused")).toHaveLength(5);
    expect((await trySignIn(kit.url, "guessed", goodPassword)).error).toBe(fifth.error);
    await trySignIn(kit.url, "counted", "guess");
    expect(await failuresOf("counted")).toBe(1);
    await signIn(kit.url, "counted");
    expect(await failuresOf("counted")).toBe(0);
  });
});
