import type { Logger } from "pino";
import { type Collector, startCollector } from "#ingest/collector/collector.ts";
import { type Declarations, openDeclarations } from "#ingest/flow-files/declarations.ts";
import type { Settings } from "#lib/config/env.ts";
import { checkOf } from "#lib/config/secret-check.ts";
import { openSecret } from "#lib/config/secret.ts";
import { checkSecret } from "#lib/storage/check-secret.ts";
import { openControl, refuseUnfinishedCopy } from "#lib/storage/open.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";

/** Before the event store is opened: with another secret nothing may be taken in, nor what a spool holds. */
async function checkSecretOf(settings: Settings, now: () => number): Promise<void> {
  const secret = await openSecret(settings.secretFile);
  const control = await openControl(settings, { mode: "command", now });
  try {
    await checkSecret(control.definitions, checkOf(secret), settings.secretFile);
  } finally {
    await control.close();
  }
}

/** Everything behind the sockets: control store, collector thread with the event store, declarations in force. */
export interface Pipeline {
  readonly control: ControlStorage;
  readonly collector: Collector;
  readonly declarations: Declarations;
  close(): Promise<void>;
}

/**
 * Opens the stores of a home and puts its declarations in force. Rejects with StorageError or CollectorError: `locked` where another worker
 * runs on this home, `conflict` where a copy into it was not finished, `damaged`, `newer_version`, `unavailable`.
 */
export async function openPipeline(settings: Settings, log: Logger, now: () => number): Promise<Pipeline> {
  // Before anything is made in the home, or worked on in the half of a store.
  refuseUnfinishedCopy(settings);
  await checkSecretOf(settings, now);
  const collector = await startCollector(
    {
      home: settings.home,
      elasticsearch: settings.elasticsearch,
      secretFile: settings.secretFile,
      timeZone: settings.timeZone,
      retentionMs: settings.retentionMs,
      diskLimitBytes: settings.diskLimitBytes,
      spoolLimitBytes: settings.spoolLimitBytes,
    },
    log,
  );
  try {
    // Only the holder of the event store's lock takes up what a dead worker left in the control store.
    const control = await openControl(settings, { mode: "worker", now });
    const declarations = await openDeclarations({ settings, control, collector, log, now }).catch(
      async (error: unknown) => {
        await control.close();
        throw error;
      },
    );
    return {
      control,
      collector,
      declarations,
      async close() {
        await declarations.close();
        await collector.stop();
        await control.close();
      },
    };
  } catch (error) {
    await collector.stop();
    throw error;
  }
}
