import type { ParseArgsOptionsConfig } from "node:util";
import type { Settings } from "#lib/config/env.ts";

/** What a command is given besides its words. */
export interface CommandContext {
  readonly settings: Settings;
  /** A line for people, on stderr: progress and remarks. With `--json` nothing else goes to stdout than the one object. */
  remark(line: string): void;
  /** How far long work has come, on stderr: on a terminal one line that replaces itself; null ends it. Elsewhere nothing. */
  showProgress(line: string | null): void;
  readStdin(): Promise<string>;
  now(): number;
}

export interface CommandInput {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

export interface CommandOutput {
  /** Printed with `--json`: one object. */
  readonly result: Readonly<Record<string, unknown>>;
  /** Printed without. */
  readonly text: string;
}

export interface Command {
  /** `token create`: one or two words. */
  readonly name: string;
  /** What stands behind the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  run(input: CommandInput, context: CommandContext): Promise<CommandOutput>;
}

/** A command that could not be done: the sentence is for the person at the terminal, exit code 1 (2 where the words are off). */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: 1 | 2;
  /** What `--json` prints beside the sentence. */
  readonly result: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    options: {
      readonly usage?: boolean;
      readonly cause?: unknown;
      readonly result?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.usage === true ? 2 : 1;
    this.result = options.result ?? {};
  }
}

export const textOption = (input: CommandInput, name: string): string | undefined => {
  const value = input.values[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** An option that may be given several times, or once with commas. */
export const listOption = (input: CommandInput, name: string): readonly string[] => {
  const value = input.values[name];
  const given = Array.isArray(value) ? value : [value];
  return given
    .flatMap((each) => (typeof each === "string" ? each.split(",") : []))
    .map((each) => each.trim())
    .filter((each) => each !== "");
};

export const requiredPositional = (input: CommandInput, index: number, name: string): string => {
  const value = input.positionals[index];
  if (value === undefined || value === "") throw new CommandError(`${name} is missing`, { usage: true });
  return value;
};

/** A number in what the worker answered; 0 where it is not there. */
export const countIn = (result: Readonly<Record<string, unknown>>, name: string): number => {
  const value = result[name];
  return typeof value === "number" ? value : 0;
};
