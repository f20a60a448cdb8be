import { parentPort, workerData } from "node:worker_threads";
import { copyEventFiles } from "#lib/storage/sqlite/copy-event-files.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

const { from, to } = workerData as { readonly from: string; readonly to: string };

try {
  parentPort?.postMessage({ sizeBytes: copyEventFiles(from, to) }, []);
} catch (error) {
  if (!(error instanceof StorageError)) throw error;
  parentPort?.postMessage({ code: error.code, message: error.message }, []);
}
