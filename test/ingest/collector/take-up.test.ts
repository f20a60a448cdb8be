import { describe, expect, it } from "vitest";
import { createBacklog } from "#ingest/collector/backlog.ts";
import { createTakeUp } from "#ingest/collector/take-up.ts";
import type { Arrival, EventPosition, PositionedEvent } from "#lib/storage/event-log.ts";
import type { EventStorage } from "#lib/storage/storage.ts";

/** A store in which these writers took in so many events, and so many of them are projected. */
function makeWorld(taken: Readonly<Record<string, number>>, done: Record<string, number>) {
  const eventOf = (writer: string, sequence: number): PositionedEvent =>
    ({
      position: `${writer}-${sequence}` as EventPosition,
      event: { id: `${writer}-${sequence}`, source: "shop" },
      arrival: { writer, sequence },
    }) as unknown as PositionedEvent;
  const toList = (counts: Readonly<Record<string, number>>): readonly Arrival[] =>
    Object.entries(counts).map(([writer, sequence]) => ({ writer, sequence }));
  const doubts: PositionedEvent[] = [];
  const storage = {
    events: {
      arrivals: {
        writer: "me",
        listWriters: async () => toList(taken),
        scanAfter: async ({ writer, sequence }: Arrival, limit: number) =>
          Array.from({ length: Math.min(limit, (taken[writer] ?? 0) - sequence) }, (_, at) =>
            eventOf(writer, sequence + at + 1),
          ),
        takeUp: async () => doubts.splice(0),
      },
    },
    projection: { shared: { listProgress: async () => toList(done) } },
  } as unknown as Pick<EventStorage, "events" | "projection">;
  const clock = { elapsed: 0, isSpooling: false };
  const backlog = createBacklog();
  const takeUp = createTakeUp({
    storage,
    backlog,
    isSpooling: () => clock.isSpooling,
    elapsed: () => clock.elapsed,
  });
  /** Takes what is in the backlog as projected. */
  const project = (): readonly string[] => {
    const portion = backlog.take();
    backlog.done();
    const last = portion?.arrivals?.at(-1);
    if (last !== undefined) done[last.writer] = last.sequence;
    return portion?.events.map(({ id }) => id) ?? [];
  };
  return { takeUp, backlog, project, clock, doubts, eventOf };
}

describe("events that nobody projects", () => {
  it("are taken up at the start, page by page, whoever took them in", async () => {
    const { takeUp, project } = makeWorld({ me: 9, dead: 4_500, done: 7 }, { me: 3, dead: 100, done: 7 });
    const counts: number[] = [];
    for (;;) {
      const count = await takeUp({ since: 0, ofOthers: true, isPatient: false });
      if (count === 0) break;
      counts.push(count);
      project();
    }
    expect(counts).toEqual([2_000, 2_000, 400]);
  });

  it("are left to a writer that moves, and taken up from one that does not any more", async () => {
    const taken = { other: 10 };
    const done: Record<string, number> = { other: 5 };
    const { takeUp, project, backlog, clock } = makeWorld(taken, done);
    const look = async (): Promise<number> => takeUp({ since: 0, ofOthers: true, isPatient: true });
    expect(await look()).toBe(0);
    clock.elapsed = 60_000;
    done["other"] = 7;
    expect(await look()).toBe(0);
    clock.elapsed += 1_000;
    expect(await look()).toBe(0);
    clock.elapsed += 5_000;
    expect(await look()).toBe(3);
    expect(backlog.take()?.again).toBe(true);
    expect(project()).toEqual(["other-8", "other-9", "other-10"]);
    expect(await look()).toBe(0);
  });

  it("are those that a failed call of this process has left as well, first", async () => {
    const { takeUp, project, doubts, eventOf } = makeWorld({ dead: 1 }, {});
    doubts.push(eventOf("me", 3));
    expect(await takeUp({ since: 0, ofOthers: true, isPatient: false })).toBe(1);
    expect(project()).toEqual(["me-3"]);
    expect(await takeUp({ since: 0, ofOthers: true, isPatient: false })).toBe(1);
    expect(project()).toEqual(["dead-1"]);
  });

  it("are not those that wait in the spool besides: they count when they come from there", async () => {
    const { takeUp, doubts, eventOf, clock } = makeWorld({}, {});
    doubts.push(eventOf("me", 3));
    clock.isSpooling = true;
    expect(await takeUp({ since: 0, ofOthers: true, isPatient: true })).toBe(0);
    clock.isSpooling = false;
    expect(await takeUp({ since: 0, ofOthers: true, isPatient: true })).toBe(1);
  });
});
