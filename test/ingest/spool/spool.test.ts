import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSpool, type Spool } from "#ingest/spool/spool.ts";
import type { SpoolRecord } from "#ingest/spool/spool-record.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const record = (name: string): SpoolRecord => ({ kind: "event", json: JSON.stringify({ name }), matches: [] });
const names = (records: readonly SpoolRecord[]): readonly string[] =>
  records.map((each) => (each.kind === "event" ? String(JSON.parse(each.json).name) : "letter"));

/** Everything in it, oldest first; empties it. */
function drain(spool: Spool): readonly string[] {
  const all: string[] = [];
  for (let oldest = spool.oldest(); oldest !== null; oldest = spool.oldest()) {
    all.push(...names(oldest.records));
    spool.drop();
  }
  return all;
}

describe("the spool", () => {
  it("gives back what was put into it in order of arrival, over many files and while more comes", () => {
    const spool = openSpool({ directory: makeTempFolder(), limitBytes: 1e6, segmentBytes: 200 });
    for (const name of ["a", "b", "c", "d", "e", "f"]) spool.append([record(name), record(`${name}2`)]);
    expect(names(spool.oldest()?.records ?? [])[0]).toBe("a");
    spool.append([record("g")]);
    expect(drain(spool)).toEqual(["a", "a2", "b", "b2", "c", "c2", "d", "d2", "e", "e2", "f", "f2", "g"]);
    expect(spool.figures).toMatchObject({ records: 0, bytes: 0 });
    expect(spool.isEmpty).toBe(true);
    spool.append([record("h")]);
    expect(drain(spool)).toEqual(["h"]);
  });

  it("is there again after its process has died, with what comes later behind it", () => {
    const directory = makeTempFolder();
    openSpool({ directory, limitBytes: 1e6 }).append([record("a"), record("b")]);
    const again = openSpool({ directory, limitBytes: 1e6 });
    expect(again.figures.records).toBe(2);
    again.append([record("c")]);
    expect(drain(again)).toEqual(["a", "b", "c"]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it("leaves out what a crash cut off, and tells of what was damaged later", () => {
    const directory = makeTempFolder();
    openSpool({ directory, limitBytes: 1e6 }).append([record("a"), record("b"), record("c")]);
    const file = join(directory, readdirSync(directory)[0] ?? "");
    appendFileSync(file, readFileSync(file, "utf8").slice(0, 20));
    const cut = openSpool({ directory, limitBytes: 1e6 }).oldest();
    expect(cut).toMatchObject({ damaged: 0 });
    expect(names(cut?.records ?? [])).toEqual(["a", "b", "c"]);
    writeFileSync(file, readFileSync(file, "utf8").replace(`\\"b\\"`, `\\"x\\"`));
    const damaged = openSpool({ directory, limitBytes: 1e6 }).oldest();
    expect(damaged).toMatchObject({ damaged: 1 });
    expect(names(damaged?.records ?? [])).toEqual(["a", "c"]);
  });

  it("takes nothing above its limit, nothing of a batch in part, and takes again when there is room", () => {
    const spool = openSpool({ directory: makeTempFolder(), limitBytes: 400 });
    spool.append([record("a")]);
    const many = Array.from({ length: 10 }, (_, at) => record(`m${at}`));
    expect(() => spool.append(many)).toThrow(/the spool is full \(HOPLINE_SPOOL_LIMIT\)/u);
    expect(spool.figures).toMatchObject({ records: 1, isFull: true });
    expect(drain(spool)).toEqual(["a"]);
    spool.append([record("b")]);
    expect(spool.figures).toMatchObject({ records: 1, isFull: false });
  });
});
