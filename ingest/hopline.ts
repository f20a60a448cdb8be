import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { commands } from "#ingest/command/commands.ts";
import { CommandError, type Command, type CommandContext, type CommandInput } from "#ingest/command/command.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { readEnv, SettingsError } from "#lib/config/env.ts";

/** The command line: `npm run hopline -- COMMAND`. Exit code 0 done, 1 failed, 2 the words are off. */
const main = async (words: readonly string[]): Promise<number> => {
  const json = words.includes("--json");
  try {
    const command = findCommand(words);
    if (command === null || words.includes("--help")) {
      process.stdout.write(`${command === null ? overview() : usageOf(command)}\n`);
      return words.length === 0 || words.includes("--help") || words[0] === "help" ? 0 : 2;
    }
    const output = await command.run(readInput(command, words), makeContext());
    process.stdout.write(`${json ? JSON.stringify(output.result) : output.text}\n`);
    return 0;
  } catch (error) {
    const sentence = sentenceOf(error);
    if (json)
      process.stdout.write(
        `${JSON.stringify({ error: sentence, ...(error instanceof CommandError ? error.result : {}) })}\n`,
      );
    process.stderr.write(`hopline: ${sentence}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
};

const findCommand = (words: readonly string[]): Command | null =>
  commands.find((command) => command.name === words.slice(0, command.name.split(" ").length).join(" ")) ?? null;

const readInput = (command: Command, words: readonly string[]): CommandInput => {
  try {
    const { values, positionals } = parseArgs({
      args: words.slice(command.name.split(" ").length),
      options: { ...command.options, json: { type: "boolean" } },
      allowPositionals: true,
    });
    return { values, positionals };
  } catch (error) {
    throw new CommandError(`${sentenceOf(error)}\n${usageOf(command)}`, { usage: true, cause: error });
  }
};

const makeContext = (): CommandContext => ({
  settings: readEnv(),
  remark: (line) => process.stderr.write(`${line}\n`),
  showProgress,
  readStdin: () => text(process.stdin),
  now: Date.now,
});

/** To the beginning of the line, and away with what stands behind. */
const lineStart = "\r\u001b[K";

const showProgress = (line: string | null): void => {
  if (process.stderr.isTTY)
    process.stderr.write(`${lineStart}${line?.slice(0, process.stderr.columns || undefined) ?? ""}`);
};

const usageOf = (command: Command): string =>
  `usage: npm run hopline -- ${command.name} ${command.usage}\n  ${command.summary}`;

const overview = (): string =>
  [
    "npm run hopline -- COMMAND [--json]",
    "",
    ...commands.map((command) => `  ${`${command.name} ${command.usage}`.trimEnd()}\n      ${command.summary}`),
  ].join("\n");

const sentenceOf = (error: unknown): string => {
  if (error instanceof CommandError || error instanceof StorageError || error instanceof SettingsError)
    return error.message;
  return error instanceof Error ? error.message : String(error);
};

process.exitCode = await main(process.argv.slice(2));
