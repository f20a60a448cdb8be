import { fileURLToPath } from "node:url";
import { buildConsole } from "#ingest/supervisor/build-console.ts";
import { supervise } from "#ingest/supervisor/supervise.ts";

// `npm run build`: the console's build, made beforehand so that `npm start` need not (an image, a slow machine).
const root = fileURLToPath(new URL("..", import.meta.url));
process.exitCode = await buildConsole(root, supervise({ env: process.env, graceMs: 30_000 }));
