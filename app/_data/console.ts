import "server-only";
import { consoleContext, type ConsoleContext } from "#app/_server/console-context.ts";

/** The running console's stores, settings and clock, for loaders and actions. */
export const currentConsole = (): ConsoleContext => consoleContext();
