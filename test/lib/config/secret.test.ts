import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openSecret } from "#lib/config/secret.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

describe("the installation's secret", () => {
  test("is made once, readable by its owner only, and the same for all who open it at once", async () => {
    const file = join(makeTempFolder(), "home", "secret");
    const secrets = await Promise.all(Array.from({ length: 8 }, () => openSecret(file)));
    const keys = new Set(secrets.map((secret) => secret.keyFor("content-hash").toString("hex")));
    expect(keys.size).toBe(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8").trim()).toHaveLength(43);
  });

  test("gives each purpose a key of its own, that says nothing of the secret", async () => {
    const file = join(makeTempFolder(), "secret");
    const secret = await openSecret(file);
    expect(secret.keyFor("mask").equals(secret.keyFor("content-hash"))).toBe(false);
    expect(secret.keyFor("mask").toString("base64url")).not.toBe(readFileSync(file, "utf8").trim());
  });

  test("refuses a file that holds too little", async () => {
    const file = join(makeTempFolder(), "secret");
    writeFileSync(file, "short\n");
    await expect(openSecret(file)).rejects.toThrow(/32 bytes/);
  });
});
