import { fileURLToPath } from "node:url";
import { buildConsole } from "#ingest/supervisor/build-console.ts";
import { supervise } from "#ingest/supervisor/supervise.ts";

/** Global set-up of the suites that run the built console: one build in `.next`, the one `npm start` uses, made when stale. */
export default async function setUp(): Promise<void> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const exitCode = await buildConsole(root, supervise({ env: process.env, graceMs: 30_000 }));
  if (exitCode !== 0) throw new Error(`The console does not build: next build ended with ${exitCode}`);
}
