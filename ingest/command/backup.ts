import { resolve } from "node:path";
import { requiredPositional, type Command } from "#ingest/command/command.ts";
import { askWorker } from "#ingest/command/ask-worker.ts";

export const backup: Command = {
  name: "backup",
  usage: "DIR",
  summary:
    "copy everything kept into an empty or new directory, while the worker goes on; start from it with HOPLINE_HOME=DIR",
  options: {},
  async run(input, context) {
    const directory = resolve(requiredPositional(input, 0, "DIR"));
    const result = await askWorker(context, "backup", { directory });
    return { result: { directory, ...result }, text: `Backed up to ${directory}.` };
  },
};
