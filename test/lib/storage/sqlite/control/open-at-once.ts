import { workerData } from "node:worker_threads";
import { z } from "zod";
import { openControlStorage } from "#lib/storage/sqlite/control/open-control-storage.ts";

// Run as a thread by control-database.test.ts: opens the store, creates one account, closes.
const { directory, name } = z.object({ directory: z.string(), name: z.string() }).parse(workerData);
const storage = openControlStorage({ directory, mode: "command", now: () => 1 });
await storage.access.createUser({ name, role: "support", passwordHash: "h", createdAt: 1 }, "command");
await storage.close();
