import { runDemo } from "#ingest/demo/run-demo.ts";

// `npm run demo`: everything, on a home of its own, with a company to look at.
process.exitCode = await runDemo(process.argv.slice(2), process.env, (line) => void process.stdout.write(`${line}\n`));
