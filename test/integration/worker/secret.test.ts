import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runHopline } from "#test/support/run-hopline.ts";
import { storeEnvOf } from "#test/support/store-place.ts";
import { newHome, removeHome, startRefused, startTestWorker } from "#test/support/worker.ts";

const hop = { id: "1", step: "placed", time: Date.now(), keys: { order_no: "SO-1" } };

describe("the secret of a store", () => {
  test("is that of its first start: a process with another one ends with a sentence, until the store is told to go on with it", async () => {
    const home = newHome();
    onTestFinished(() => removeHome(home));
    const first = await startTestWorker({ home });
    onTestFinished(async () => void (await first.stop()));
    await first.post("/v1/hops", hop);
    await first.stop();

    const another = join(home, "another-secret");
    writeFileSync(another, randomBytes(32).toString("base64url"));
    const env = { HOPLINE_SECRET_FILE: another };
    const refused = await startRefused({ home, env });
    expect(refused.code).toBe(1);
    expect(refused.said).toContain(`${another} is another secret than the one this store was begun with`);
    expect(refused.said).toContain("HOPLINE_SECRET_FILE");
    expect(refused.said).not.toContain("    at ");

    const again = await startTestWorker({ home });
    onTestFinished(async () => void (await again.stop()));
    expect(await (await again.post("/v1/hops", hop)).json()).toMatchObject({ accepted: 0, duplicates: 1 });
    await again.stop();

    const place = { ...storeEnvOf(home), HOPLINE_HOME: home, ...env };
    expect(await runHopline(["secret", "replace"], place)).toEqual({ replaced: true });
    expect(await runHopline(["secret", "replace"], place)).toEqual({ replaced: false });
    const replaced = await startTestWorker({ home, env });
    onTestFinished(async () => void (await replaced.stop()));
    await replaced.stop();
    expect((await startRefused({ home })).said).toContain("is another secret");
  });
});
