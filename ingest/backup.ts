import { cp, copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { RequestError } from "#ingest/request-error.ts";
import type { Settings } from "#lib/config/env.ts";
import { backupStorage } from "#lib/storage/open.ts";

/**
 * Copies everything kept into an empty or new directory, while the worker goes on: stores, secret and flow files, laid out as a home, so that
 * a worker starts from it. Rejects with RequestError where the directory can't be used, with StorageError where the copy fails.
 */
export async function backup(settings: Settings, directory: string): Promise<{ readonly sizeBytes: number }> {
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new RequestError(`${directory} can't be made: ${error instanceof Error ? error.message : String(error)}`);
  });
  if ((await readdir(directory)).length > 0)
    throw new RequestError(`${directory} is not empty. Name an empty or a new directory.`);
  const copied = await backupStorage(settings, directory);
  await copyFile(settings.secretFile, join(directory, "secret"));
  await cp(settings.flows, join(directory, "flows"), { recursive: true, dereference: false });
  return copied;
}
