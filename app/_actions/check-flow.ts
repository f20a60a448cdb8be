"use server";

import { z } from "zod";
import type { CheckFlowAnswer } from "#components/first/declare-answer.ts";
import { parseFlowText } from "#app/_data/parse-flow-text.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.string().max(200_000);

/** Reads a flow's YAML without keeping it: what the worker would say of it. */
export const checkFlow = async (sent: unknown): Promise<CheckFlowAnswer> => {
  await requireViewer("flows.declare");
  const { problems = [] } = await parseFlowText(input.parse(sent));
  return { problems: problems.map(({ line, path, message, instead }) => ({ line, path, message, instead })) };
};
