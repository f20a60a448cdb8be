import type { CommandContext } from "#ingest/command/command.ts";
import { openControl } from "#lib/storage/open.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";

/** Opens the control store for the length of a command; the worker and the console may run meanwhile. */
export const withControl = async <Result>(
  context: CommandContext,
  work: (control: ControlStorage) => Promise<Result>,
): Promise<Result> => {
  const control = await openControl(context.settings, { mode: "command", now: () => context.now() });
  try {
    return await work(control);
  } finally {
    await control.close();
  }
};
