import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { project, START, toyEvent } from "#test/lib/storage/sqlite/events/toy-journeys.ts";

/** A writer in a process of its own: projects what is left over, then accepts batches for ever and tells each number after it was acknowledged. */
const [directory = "", firstNumber = "0", order = "in order"] = process.argv.slice(2);
const BATCH = 40;

const storage = await openEventStorage({
  directory,
  mode: "writer",
  now: () => START,
  eventsPerSegment: 900,
  flushAfterMs: 20,
  cacheBytes: 40_000,
});
await project(storage);
for (let number = Number(firstNumber); ; number += BATCH) {
  const numbers = Array.from({ length: BATCH }, (_, place) => number + place);
  const batch = order === "in order" ? numbers : numbers.toReversed();
  await storage.events.accept(batch.map((one) => ({ event: toyEvent(one), matches: [] })));
  process.stdout.write(`${number + BATCH}\n`);
  await project(storage);
}
