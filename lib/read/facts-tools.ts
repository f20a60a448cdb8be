import { checkKept } from "#lib/contract/check-kept.ts";
import { matchStep } from "#lib/flow/match-step.ts";
import type { FactsTools } from "#lib/journey/facts.ts";

/** What facts are made with, for everybody who makes them from kept events. */
export const factsTools: FactsTools = { matchStep, checkKept };
