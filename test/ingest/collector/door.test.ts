import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { passDoor, type BatchInput } from "#ingest/collector/door.ts";
import { prepare } from "#ingest/collector/prepare.ts";
import { createTextSlab } from "#ingest/collector/text-slab.ts";
import { emptyWorld } from "#ingest/collector/world.ts";
import { createSchemaRegistry } from "#lib/contract/schema-registry.ts";
import { openEvents } from "#lib/storage/open.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

const bodyOf = (first: number, count: number): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    Array.from({ length: count }, (_, index) =>
      JSON.stringify({
        id: String(first + index),
        system: "oms",
        time: Date.now(),
        keys: { order_no: `SO-${first + index}` },
      }),
    ).join("\n"),
  );

const batch = (first: number, count: number): BatchInput => ({
  body: bodyOf(first, count),
  form: { source: "hop", format: "ndjson" },
  speaker: { sources: [], systems: [] },
  arrivedAt: Date.now(),
  backfill: false,
});

describe("the one door", () => {
  it("hands on what is durable although the rest of the passage fails", async () => {
    const home = mkdtempSync(join(tmpdir(), "hopline-door-"));
    const storage = await openEvents({ home, elasticsearch: null }, { mode: "writer", now: Date.now });
    try {
      const options = {
        world: emptyWorld(),
        schemas: createSchemaRegistry(),
        hash: (text: string) => text,
        hashMasked: (text: string) => text,
        noteMasks: () => undefined,
      };
      const taken: string[] = [];
      let accepts = 0;
      const passing = passDoor([batch(0, 1_500), batch(1_500, 1_500)], {
        intake: {
          deadLetters: storage.deadLetters,
          events: {
            ...storage.events,
            accept: async (items) => {
              accepts += 1;
              if (accepts > 1) throw new StorageError("full", "The disk is full.");
              return await storage.events.accept(items);
            },
          },
        },
        prepare: (item, request) => prepare(item, request, options),
        clean: (text) => ({ text, cut: false }),
        slab: createTextSlab(),
        keepRejected: true,
        take: (accepted) => taken.push(...accepted.map(({ event }) => event.id)),
      });
      await expect(passing).rejects.toThrow("The disk is full.");
      const kept = await storage.events.scan(null, 5_000);
      expect(kept.length).toBeGreaterThan(0);
      expect(taken).toEqual(kept.map(({ event }) => event.id));
    } finally {
      await storage.close();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
