import "server-only";
import { currentConsole } from "#app/_data/console.ts";

/** Whether there is an account to sign in with. */
export const isSetUp = async (): Promise<boolean> => (await currentConsole().control.access.countUsers()) > 0;
