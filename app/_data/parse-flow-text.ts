import "server-only";
import { createHash } from "node:crypto";
import { readInside } from "#lib/config/read-inside.ts";
import { parseFlow, type ParsedFlow } from "#lib/flow/parse-flow.ts";
import { knownFlows } from "#lib/read/known-flows.ts";
import { currentConsole } from "#app/_data/console.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);

/** Reads a flow's YAML as the worker would, with the contracts that lie in the flows folder. */
export const parseFlowText = async (text: string): Promise<ParsedFlow> => {
  const { settings, control } = currentConsole();
  const { calendars } = await knownFlows(control.definitions);
  return parseFlow(text, { readFile: readInside(settings.flows), hash: sha256, calendars: [...calendars.keys()] });
};
