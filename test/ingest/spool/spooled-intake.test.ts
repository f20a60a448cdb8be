import { describe, expect, it } from "vitest";
import { openSpool } from "#ingest/spool/spool.ts";
import { createSpooledIntake, type Intake } from "#ingest/spool/spooled-intake.ts";
import { toSlimEvent } from "#ingest/projection/slim-event.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { toKeyType, toSourceId } from "#lib/id/id.ts";
import type { NewDeadLetter } from "#lib/storage/dead-letters.ts";
import type { AcceptItem, AcceptOutcome, EventPosition } from "#lib/storage/event-log.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { makeTempFolder } from "#test/support/temp-folder.ts";

const item = (id: string, content = id): AcceptItem => {
  const event: StoredEvent = {
    id,
    source: toSourceId("shop"),
    eventTime: 1_000,
    ingestedAt: 2_000,
    contentHash: content,
    operation: "process",
    outcome: "ok",
    keys: { [toKeyType("order_no")]: [id] },
    payload: { text: content },
  };
  return { event: toSlimEvent(event), json: JSON.stringify(event), matches: [] };
};

const letter: NewDeadLetter = {
  reason: "missing_keys",
  path: "/keys",
  source: "shop",
  text: "{}",
  cut: false,
  receivedAt: 2_000,
};

/** A store that can be away, and fails after so many accepts. */
function makeWorld({ limitBytes = 1e6, directory = makeTempFolder() } = {}) {
  const kept = new Map<string, AcceptItem>();
  const letters: NewDeadLetter[] = [];
  const store = { away: null as StorageError | null, acceptsLeft: Infinity, refused: new Set<string>() };
  const fail = (): void => {
    if (store.away !== null) throw store.away;
  };
  const intake: Intake = {
    events: {
      async accept(items) {
        fail();
        store.acceptsLeft -= 1;
        if (store.acceptsLeft < 0) throw new StorageError("unavailable", "half-way");
        const outcomes = items.map((each): AcceptOutcome => {
          const known = kept.get(each.event.id);
          if (store.refused.has(each.event.id)) return "refused";
          if (known === undefined) kept.set(each.event.id, each);
          return known === undefined
            ? "accepted"
            : known.event.contentHash === each.event.contentHash
              ? "duplicate"
              : "id_reused";
        });
        return { outcomes, position: "p" as EventPosition };
      },
    },
    deadLetters: {
      async add(added) {
        fail();
        letters.push(...added);
      },
    },
  };
  const clock = { elapsed: 0 };
  const taken: string[] = [];
  const duplicates: string[] = [];
  const wakes: number[] = [];
  const spooled = createSpooledIntake({
    store: intake,
    spool: openSpool({ directory, limitBytes }),
    now: () => 5_000 + clock.elapsed,
    elapsed: () => clock.elapsed,
    take: (accepted) => taken.push(...accepted.map(({ event }) => event.id)),
    noteDuplicate: (source) => duplicates.push(source),
    noteRejected: () => undefined,
    clean: (text) => ({ text, cut: false }),
    log: () => undefined,
    wakeAfter: (durationMs) => wakes.push(durationMs),
  });
  return { store, spooled, kept, letters, taken, duplicates, clock, wakes, directory };
}

const away = new StorageError("unavailable", "The cluster does not answer.");

describe("a door before a store that is away", () => {
  it("goes straight into the store while it answers", async () => {
    const { spooled, kept } = makeWorld();
    expect(await spooled.events.accept([item("a")])).toMatchObject({ outcomes: ["accepted"], position: "p" });
    expect([...kept.keys()]).toEqual(["a"]);
    expect(spooled.state).toMatchObject({ records: 0, since: null });
  });

  it("spools while it is away or full, and everything behind it, and drains in order of arrival", async () => {
    const { store, spooled, kept, letters, taken, clock } = makeWorld();
    store.away = away;
    expect(await spooled.events.accept([item("a"), item("b")])).toEqual({
      outcomes: ["accepted", "accepted"],
      position: null,
    });
    await spooled.deadLetters.add([letter]);
    store.away = new StorageError("full", "flood stage");
    await spooled.events.accept([item("c")]);
    expect(spooled.state).toMatchObject({ records: 4, since: 5_000, reason: "The cluster does not answer." });
    store.away = null;
    await spooled.events.accept([item("d")]);
    expect([...kept.keys()]).toEqual([]);
    clock.elapsed = 60_000;
    while (await spooled.drain());
    expect([...kept.keys()]).toEqual(["a", "b", "c", "d"]);
    expect(taken).toEqual(["a", "b", "c", "d"]);
    expect(letters).toEqual([letter]);
    expect(spooled.state).toMatchObject({ records: 0, since: null, reason: "" });
    expect((await spooled.events.accept([item("e")])).position).toBe("p");
  });

  it("waits longer and longer between its tries", async () => {
    const { store, spooled, clock, wakes } = makeWorld();
    store.away = away;
    await spooled.events.accept([item("a")]);
    for (let tries = 0; tries < 30; tries += 1) {
      expect(await spooled.drain()).toBe(false);
      clock.elapsed += 10_000;
    }
    expect(wakes.length).toBeGreaterThan(20);
    expect(Math.max(...wakes)).toBeLessThanOrEqual(5_000);
    expect(wakes.slice(-5).reduce((sum, each) => sum + each)).toBeGreaterThan(
      wakes.slice(0, 2).reduce((a, b) => a + b),
    );
  });

  it("counts nothing twice where draining fails half-way", async () => {
    const { store, spooled, taken, duplicates, clock } = makeWorld();
    store.away = away;
    const items = Array.from({ length: 1_200 }, (_, at) => item(String(at)));
    await spooled.events.accept(items);
    store.away = null;
    store.acceptsLeft = 1;
    clock.elapsed += 60_000;
    expect(await spooled.drain()).toBe(false);
    expect(taken).toHaveLength(500);
    store.acceptsLeft = Infinity;
    clock.elapsed += 60_000;
    while (await spooled.drain());
    expect(taken).toEqual(items.map(({ event }) => event.id));
    expect(duplicates).toEqual([]);
  });

  it("finds duplicates when it drains, and makes dead letters of what can never be taken", async () => {
    const { store, spooled, letters, taken, duplicates, clock } = makeWorld();
    await spooled.events.accept([item("known")]);
    store.away = away;
    await spooled.events.accept([item("known"), item("known", "other"), item("huge"), item("new")]);
    store.away = null;
    store.refused.add("huge");
    clock.elapsed += 60_000;
    while (await spooled.drain());
    expect(taken).toEqual(["new"]);
    expect(duplicates).toEqual(["shop"]);
    expect(letters.map(({ reason, path }) => [reason, path])).toEqual([
      ["id_reused", "/id"],
      ["too_large", ""],
    ]);
    expect(JSON.parse(letters[0]?.text ?? "")).toEqual({
      id: "known",
      source: "shop",
      time: "1970-01-01T00:00:01.000Z",
      operation: "process",
      outcome: "ok",
      keys: { order_no: ["known"] },
      payload: { text: "other" },
    });
  });

  it("refuses, to be tried again, when the spool is full, and tells a mistake of ours as one", async () => {
    const { store, spooled } = makeWorld({ limitBytes: 100 });
    store.away = away;
    await expect(spooled.events.accept([item("a")])).rejects.toMatchObject({ code: "full", retryable: true });
    store.away = new StorageError("damaged", "no such mapping");
    await expect(spooled.events.accept([item("a")])).rejects.toMatchObject({ code: "damaged" });
  });

  it("takes up what a killed worker left, before anything new", async () => {
    const first = makeWorld();
    first.store.away = away;
    await first.spooled.events.accept([item("a")]);
    const { spooled, kept } = makeWorld({ directory: first.directory });
    expect(spooled.state).toMatchObject({ records: 1, since: 5_000 });
    await spooled.events.accept([item("b")]);
    while (await spooled.drain());
    expect([...kept.keys()]).toEqual(["a", "b"]);
  });
});
