import { afterEach, beforeEach, expect, it } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IdentityGroups } from "#lib/storage/sqlite/identity-groups.ts";
import { openIntake } from "#lib/storage/sqlite/intake.ts";
import { hashIdentity, hashText } from "#lib/storage/sqlite/key-hash.ts";
import { SegmentRoll } from "#lib/storage/sqlite/segment-roll.ts";
import { Segments } from "#lib/storage/sqlite/segments.ts";

const perSegment = 40;
const identityOf = (number: number): number => hashIdentity("till", String(number));

let directory: string;
let segments: Segments;
let roll: SegmentRoll;
let close: () => void;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "hopline-identities-"));
  const intake = openIntake(join(directory, "intake.db"));
  segments = new Segments(directory, "writer");
  roll = new SegmentRoll(segments, intake, perSegment);
  close = () => {
    segments.close();
    intake.close();
  };
});
afterEach(() => {
  close();
  rmSync(directory, { recursive: true, force: true });
});

const fill = (first: number, count: number): void => {
  const numbers = Array.from({ length: count }, (_, place) => first + place);
  const lines = numbers.map((number) => ({
    json: "{}",
    identity: identityOf(number),
    keys: [],
    arrivedAt: number,
    eventTime: number,
    failed: [],
  }));
  roll.writerFor(first, count).append(lines);
};

/** Each identity is listed in the segment it is in, unless that one stands outside. */
const expectAllFound = (groups: IdentityGroups, from: number, to: number): void => {
  const kept = segments.list();
  const missed: number[] = [];
  for (let number = from; number < to; number += 1) {
    const own = kept[Math.floor((number - from) / perSegment)];
    const likely = groups.list(identityOf(number));
    const isListed = [...likely, ...groups.outside].some((segment) => segment === own);
    if (!isListed || !likely.every((segment) => kept.includes(segment))) missed.push(number);
  }
  expect(missed).toEqual([]);
};

it("lists the sealed segments that may hold an identity while segments are begun and go, and few others", () => {
  // Sixteen bits of each hash are known in a segment so small.
  const groups = new IdentityGroups(4);
  groups.follow(segments.list());
  expect(groups.list(identityOf(0))).toEqual([]);
  for (let segment = 0; segment < 37; segment += 1) {
    fill(segment * perSegment, perSegment);
    groups.follow(segments.list());
    expect(groups.outside.map(({ name }) => name)).toEqual([segments.list().at(-1)?.name]);
  }
  expectAllFound(groups, 0, 37 * perSegment);
  const strangers = Array.from({ length: 2_000 }, (_, number) => groups.list(hashText(`strange ${number}`)).length);
  expect(strangers.reduce((sum, count) => sum + count, 0)).toBeLessThan(150);

  for (const gone of [3, 20]) {
    roll.expire(gone * perSegment);
    groups.follow(segments.list());
    expect(segments.list()).toHaveLength(37 - gone);
    expectAllFound(groups, gone * perSegment, 37 * perSegment);
  }
  fill(37 * perSegment, perSegment);
  groups.follow(segments.list());
  expectAllFound(groups, 20 * perSegment, 38 * perSegment);
});

it("leaves segments outside whose filters know too little of each hash", () => {
  const groups = new IdentityGroups();
  for (let segment = 0; segment < 3; segment += 1) fill(segment * perSegment, perSegment);
  groups.follow(segments.list());
  expect(groups.outside).toEqual(segments.list());
  expect(groups.list(identityOf(1))).toEqual([]);
});
