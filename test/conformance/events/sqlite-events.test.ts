import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEventStorage } from "#lib/storage/sqlite/event-storage.ts";
import { checkClosedJourneys } from "#test/conformance/events/check-closed-journeys.ts";
import { checkDeadLetters } from "#test/conformance/events/check-dead-letters.ts";
import { checkEventLog } from "#test/conformance/events/check-event-log.ts";
import { checkForgetting, checkForgettingDerived } from "#test/conformance/events/check-forgetting.ts";
import { checkJourneyIndex } from "#test/conformance/events/check-journey-index.ts";
import { checkKeySearch } from "#test/conformance/events/check-key-search.ts";
import { checkMeasures } from "#test/conformance/events/check-measures.ts";
import { checkProjection } from "#test/conformance/events/check-projection.ts";
import { checkSources } from "#test/conformance/events/check-sources.ts";
import { checkTrouble } from "#test/conformance/events/check-trouble.ts";
import type { EventAdapter } from "#test/conformance/events/event-bed.ts";
import { TEN } from "#test/conformance/events/make.ts";

/** As in production, and with everything so small that segments roll and caches evict all the time. */
const adapters: readonly EventAdapter[] = [
  { name: "sqlite", options: {} },
  { name: "sqlite, tiny", options: { cacheBytes: 0, eventsPerSegment: 250, flushAfterMs: 0, keysPerPart: 3 } },
].map(({ name, options }) => ({
  name,
  hasOneWriter: true,
  async start() {
    const directory = await mkdtemp(join(tmpdir(), "hopline-events-"));
    return {
      open: async (mode) => openEventStorage({ directory, mode, now: () => TEN, ...options }),
      remove: async () => rm(directory, { recursive: true, force: true }),
    };
  },
}));

for (const adapter of adapters) {
  checkDeadLetters(adapter);
  checkEventLog(adapter);
  checkForgetting(adapter);
  checkForgettingDerived(adapter);
  checkJourneyIndex(adapter);
  checkClosedJourneys(adapter);
  checkKeySearch(adapter);
  checkMeasures(adapter);
  checkProjection(adapter);
  checkSources(adapter);
  checkTrouble(adapter);
}
