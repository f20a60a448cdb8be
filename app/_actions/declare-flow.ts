"use server";

import { join } from "node:path";
import { z } from "zod";
import type { DeclareFlowAnswer } from "#components/first/declare-answer.ts";
import { writeNewFile } from "#lib/config/write-new-file.ts";
import { knownFlows } from "#lib/read/known-flows.ts";
import { currentConsole } from "#app/_data/console.ts";
import { parseFlowText } from "#app/_data/parse-flow-text.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.string().max(200_000);
const longestNameBytes = 200;

/** A flow's id as the name of a file: no place else, nothing hidden, no sign that a system forbids. */
const fileOf = (flow: string): string => {
  const name = flow
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+/u, "");
  const bytes = Buffer.from(name === "" ? "flow" : name).subarray(0, longestNameBytes);
  return `${bytes.toString("utf8").replaceAll("\uFFFD", "")}.yaml`;
};

/** Writes a new flow's file into the flows folder, where the worker takes it within two seconds. Never over a file that is there. */
export const declareFlow = async (sent: unknown): Promise<DeclareFlowAnswer> => {
  const viewer = await requireViewer("flows.declare");
  const text = input.parse(sent);
  const { flow, problems = [] } = await parseFlowText(text);
  if (flow === undefined) {
    return {
      result: "wrong",
      problems: problems.map(({ line, path, message, instead }) => ({ line, path, message, instead })),
    };
  }
  const { control, settings, now, log } = currentConsole();
  const file = join(settings.flows, fileOf(flow.flow));
  const { flows } = await knownFlows(control.definitions);
  const audit = async (result: "done" | "refused" | "failed"): Promise<void> =>
    control.audit.append([
      { at: now(), by: viewer.by, action: "flow.written", object: `flow:${flow.flow}`, result, detail: { file } },
    ]);
  if (flows.some((known) => known.flow === flow.flow)) {
    await audit("refused");
    return { result: "taken", file };
  }
  try {
    const isWritten = await writeNewFile(file, text);
    await audit(isWritten ? "done" : "refused");
    return isWritten ? { result: "written", file, flow: flow.flow } : { result: "taken", file };
  } catch (error) {
    log.error({ err: error }, "a flow could not be written");
    await audit("failed");
    return { result: "unwritable", file };
  }
};
