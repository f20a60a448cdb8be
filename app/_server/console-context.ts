import type { Logger } from "pino";
import type { Looks } from "#lib/audit/looks.ts";
import type { Secret } from "#lib/config/secret.ts";
import type { Settings } from "#lib/config/env.ts";
import type { ControlStorage, EventStorage } from "#lib/storage/storage.ts";

/** What one running console works with; opened once by console.ts. */
export interface ConsoleContext {
  readonly settings: Settings;
  readonly control: ControlStorage;
  /** Read only; answers with nothing until a worker has kept something. */
  readonly events: EventStorage;
  readonly secret: Secret;
  readonly log: Logger;
  /** Who is looking at what: an open page reads itself again, and is one look. */
  readonly looks: Looks;
  now(): number;
}

declare global {
  var hoplineConsole: ConsoleContext | undefined;
}

/** Hands the context over to the pages: they are bundled apart and share nothing else with this process's own modules. */
export const provideConsole = (context: ConsoleContext): void => {
  globalThis.hoplineConsole = context;
};

export const consoleContext = (): ConsoleContext => {
  const context = globalThis.hoplineConsole;
  if (context === undefined) throw new Error("The console's pages run in app/_server/console.ts only.");
  return context;
};
