import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { tokenCommand } from "#lib/access/token-command.ts";

const given = {
  secret: "hop_secret",
  workerUrl: "http://127.0.0.1:4318",
  consoleUrl: "https://hopline.example",
};

/** What a shell hands to curl. */
const wordsOf = (command: string): readonly string[] =>
  execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: "utf8" })
    .split("\0")
    .slice(0, -1);

describe("the command that tries a token", () => {
  it("sends an event that the token may send, whatever the names hold", () => {
    const sample = { system: "it's", step: "paid", source: 'o"ms', keyType: "order_no" };
    const words = wordsOf(tokenCommand("ingest", { ...given, sample }));
    expect(words[0]).toBe("http://127.0.0.1:4318/v1/hops");
    expect(words).toContain("Authorization: Bearer hop_secret");
    expect(JSON.parse(words.at(-1) ?? "")).toEqual({
      system: "it's",
      step: "paid",
      source: 'o"ms',
      keys: { order_no: "SO-1042" },
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown,
    });
  });

  it("reads where reading is what it may do", () => {
    const sample = { keyType: "order_no" };
    expect(wordsOf(tokenCommand("read", { ...given, sample }))[0]).toBe("https://hopline.example/api/v1/flows");
    expect(wordsOf(tokenCommand("metrics", { ...given, sample }))[0]).toBe("https://hopline.example/metrics");
  });
});
