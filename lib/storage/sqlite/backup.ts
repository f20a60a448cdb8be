import { Worker } from "node:worker_threads";
import { StorageError, type StorageErrorCode } from "#lib/storage/storage-error.ts";

type Answer = { readonly sizeBytes: number } | { readonly code: StorageErrorCode; readonly message: string };

/**
 * Copies the event store in `from` to the new directory `to` while it is in use, in a thread of its own: the writer goes on.
 * The copy opens as a store. StorageError `conflict` when `to` is not empty, `full` when its disk is.
 */
export const backupEventStorage = async (from: string, to: string): Promise<{ readonly sizeBytes: number }> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./backup-thread.ts", import.meta.url), { workerData: { from, to } });
    thread.once("message", (answer: Answer) => {
      if ("sizeBytes" in answer) resolve(answer);
      else reject(new StorageError(answer.code, answer.message));
    });
    thread.once("error", reject);
    thread.once("exit", (code) => {
      reject(new StorageError("unavailable", `The backup of ${from} stopped with exit code ${code}`));
    });
  });
