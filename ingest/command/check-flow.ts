import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CommandError, requiredPositional, type Command } from "#ingest/command/command.ts";
import { readInside } from "#lib/config/read-inside.ts";
import { parseFlow } from "#lib/flow/parse-flow.ts";

export const checkFlow: Command = {
  name: "flow check",
  usage: "FILE",
  summary: "check a flow declaration without saving it: every mistake with line, column and what to write instead",
  options: {},
  async run(input) {
    const file = requiredPositional(input, 0, "FILE");
    const text = await readFile(file, "utf8").catch((cause: unknown) => {
      throw new CommandError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    });
    const { flow, problems } = parseFlow(text, {
      readFile: readInside(dirname(file)),
      hash: (content) => createHash("sha256").update(content).digest("hex"),
    });
    if (problems !== undefined) {
      throw new CommandError(
        problems
          .map(({ line, column, message, instead }) => `${file}:${line}:${column}: ${message}; ${instead}`)
          .join("\n"),
        {
          result: { file, problems },
        },
      );
    }
    return {
      result: { file, flow: flow.flow, steps: flow.steps.length, problems: [] },
      text: `${file}: flow ${flow.flow}, ${flow.steps.length} steps, nothing wrong.`,
    };
  },
};
