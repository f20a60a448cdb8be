import { mkdirSync, watch } from "node:fs";
import type { Logger } from "pino";
import type { DeclaredWorld } from "#ingest/collector/call.ts";
import type { Collector } from "#ingest/collector/collector.ts";
import { openBackground } from "#ingest/flow-files/background.ts";
import { contentHash } from "#ingest/flow-files/content-hash.ts";
import { parseFolder } from "#ingest/flow-files/parse-folder.ts";
import { readFolder, stampOf } from "#ingest/flow-files/read-folder.ts";
import { aftermathOf, isSame, readInForce, saveInForce, toInForce } from "#ingest/flow-files/in-force.ts";
import { readWorld } from "#ingest/flow-files/read-world.ts";
import { type Saved, saveFolder } from "#ingest/flow-files/save-folder.ts";
import type { Readiness } from "#ingest/http/health-routes.ts";
import { pause } from "#ingest/pause.ts";
import { RequestError } from "#ingest/request-error.ts";
import type { Settings } from "#lib/config/env.ts";
import type { UnitId } from "#lib/storage/projection.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";

/** What is declared, in force: files and store are looked at every second, and the collector is told what changed. */
export interface Declarations {
  readiness(): Readiness;
  /** Reads the folder now, whether or not it seems to have changed. */
  reload(): Promise<{ readonly flows: number; readonly problems: number }>;
  /** Judges every journey of a flow again; rejects with RequestError where there is no such flow. */
  rejudge(flow: string): Promise<{ readonly journeys: number }>;
  close(): Promise<void>;
}

interface DeclarationsOptions {
  readonly settings: Settings;
  readonly control: Pick<ControlStorage, "definitions">;
  readonly collector: Pick<Collector, "call">;
  readonly log: Logger;
  readonly now: () => number;
}

const lookEveryMs = 1_000;
/** An editor writes a file in several steps; half of one is no declaration. */
const settleMs = 100;

/** Reads the flows folder, puts what it declares in force, and goes on looking until closed. */
export async function openDeclarations({
  settings,
  control: { definitions },
  collector,
  log,
  now,
}: DeclarationsOptions): Promise<Declarations> {
  mkdirSync(settings.flows, { recursive: true });
  const stopping = new AbortController();
  let stamp = "";
  let saved: Saved = { problems: [], allInForce: false };
  let world: DeclaredWorld | null = null;
  let inForce = await readInForce(definitions);
  let revision = -1;
  const background = await openBackground({ definitions, collector, onMatched: () => tellCollector() });

  const tellCollector = async (): Promise<void> => {
    const next = await readWorld(definitions, background.matched);
    await collector.call("declare", next);
    // Only now: a collector that could not be told is told again at the next look.
    world = next;
  };

  /** Where the store's declarations are other ones than those in force, tells the collector and plans what follows for kept events and journeys. */
  const follow = async (): Promise<void> => {
    const seen = await definitions.revision();
    const next = await readWorld(definitions, background.matched);
    if (world === null || !isSame(inForce, toInForce(next))) {
      const { judged, all, returned } = aftermathOf(inForce, next);
      background.forget(returned);
      await tellCollector();
      const hashes = world?.matchingAgain ?? [];
      if (hashes.length > 0 || judged.length > 0) await background.add({ hashes, flows: judged, all });
      inForce = toInForce(next);
      await saveInForce(definitions, inForce);
      const { active, versions } = next;
      log.info({ flows: active, versions: versions.length, problems: saved.problems.length }, "declarations in force");
    }
    revision = seen;
  };

  const load = async (): Promise<void> => {
    const folder = readFolder(settings.flows);
    saved = await saveFolder(parseFolder(folder, contentHash), { definitions, hash: contentHash, now });
    for (const { file, line, column, message } of saved.problems)
      log.warn({ file, line, column }, `${file}: ${message}`);
    stamp = folder.stamp;
    await follow();
  };

  const look = async (): Promise<void> => {
    if (stampOf(settings.flows) !== stamp) await load();
    else if ((await definitions.revision()) !== revision) await follow();
  };

  let turn: Promise<unknown> = Promise.resolve();
  /** One at a time: a reload that was asked for, a look, a slice of the background. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => null);
    return mine;
  };

  await load();
  const nudge = watchFolder(settings.flows, stopping.signal);
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const isBusy = await inTurn(async () => {
        await look();
        const until = performance.now() + lookEveryMs;
        while (!stopping.signal.aborted && performance.now() < until) if (!(await background.step())) return false;
        return true;
      }).catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn({ err: error }, "declarations could not be looked after; trying again");
        return false;
      });
      if (isBusy) continue;
      await Promise.race([pause(lookEveryMs, stopping.signal), nudge.next()]);
      await pause(settleMs, stopping.signal);
    }
  })();

  return {
    readiness: () => ({
      ready: world !== null && saved.allInForce,
      flows: newestOf(world).map(({ flow, hash, savedAt }) => ({
        flow,
        version: hash,
        savedAt: new Date(savedAt).toISOString(),
      })),
      problems: saved.problems,
    }),
    reload: () =>
      inTurn(async () => {
        await load();
        return { flows: world?.active.length ?? 0, problems: saved.problems.length };
      }),
    async rejudge(name) {
      const flow = world?.versions.find((version) => version.flow === name)?.flow;
      if (flow === undefined) throw new RequestError(`There is no flow "${name}".`);
      let journeys = 0;
      for (let after: UnitId | null = null; ;) {
        const slice: { readonly journeys: number; readonly after: UnitId | null } = await collector.call("judgeSlice", {
          flow,
          after,
          all: true,
        });
        journeys += slice.journeys;
        if (slice.after === null) return { journeys };
        ({ after } = slice);
      }
    },
    async close() {
      stopping.abort();
      nudge.close();
      await loop;
      await turn;
    },
  };
}

function newestOf(world: DeclaredWorld | null): DeclaredWorld["versions"] {
  const newest = new Map<string, DeclaredWorld["versions"][number]>();
  for (const version of world?.versions ?? []) {
    const known = newest.get(version.flow);
    if (world?.active.includes(version.flow) && (known === undefined || version.savedAt >= known.savedAt))
      newest.set(version.flow, version);
  }
  return [...newest.values()];
}

/** Tells of changes sooner than the next look; where the file system can't watch, the look has to do. */
function watchFolder(folder: string, signal: AbortSignal): { next(): Promise<void>; close(): void } {
  let tell = Promise.withResolvers<void>();
  const nudge = (): void => {
    tell.resolve();
    tell = Promise.withResolvers<void>();
  };
  try {
    const watcher = watch(folder, { recursive: true, signal, persistent: false }, nudge);
    watcher.on("error", () => watcher.close());
  } catch {
    // Looked at every second all the same.
  }
  return { next: () => tell.promise, close: nudge };
}
