import { runTogether } from "#ingest/supervisor/run-together.ts";

// `npm start`: everything, on this folder's own home.
process.exitCode = await runTogether({ env: process.env }).ended;
