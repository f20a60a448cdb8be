import type { CheckResult } from "#lib/contract/check-result.ts";
import type { StoredEvent } from "#lib/event/hop-event.ts";
import { downstreamContracts } from "#lib/record/downstream-contracts.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { StepId } from "#lib/id/id.ts";
import type { FactsTools } from "#lib/journey/facts.ts";
import type { EventAnswer } from "#lib/record/record-answer.ts";
import { toTime } from "#lib/record/to-time.ts";

type CheckKept = FactsTools["checkKept"];

/** An event as kept. `withContent` is false for roles that see where a record was, not what it said. */
export function toEventAnswer(event: StoredEvent, withContent: boolean): EventAnswer {
  const { id, source, flow, step, system, point, to, trace, operation, outcome, attributes, payload, error, masks } =
    event;
  return {
    id,
    source,
    time: toTime(event.eventTime),
    ingestedAt: toTime(event.ingestedAt),
    ...(flow !== undefined && { flow }),
    ...(step !== undefined && { step }),
    ...(system !== undefined && { system }),
    ...(point !== undefined && { point }),
    ...(to !== undefined && { to }),
    ...(trace !== undefined && { trace }),
    operation,
    outcome,
    keys: keysShown(event),
    ...(withContent && attributes !== undefined && { attributes }),
    ...(withContent && payload !== undefined && { payload }),
    ...(error !== undefined && { error }),
    ...(withContent && masks !== undefined && { masks }),
    ...(event.backfill === true && { backfill: true as const }),
  };
}

/** The same with the step it is in a journey, and what the contracts below that step say of it. */
export function toJourneyEventAnswer(
  event: StoredEvent,
  at: { readonly step: StepId; readonly version: FlowVersion; readonly checkKept: CheckKept },
  withContent: boolean,
): EventAnswer {
  const answer = { ...toEventAnswer(event, withContent), matchedStep: at.step };
  if (event.payload === undefined || event.payload === null) return answer;
  const checks: [string, CheckResult][] = downstreamContracts(at.version, at.step).map(({ step, contract }) => [
    step,
    event.checks?.[contract.hash] ?? at.checkKept(contract, event.payload, event.masks ?? {}, "/payload"),
  ]);
  return checks.length === 0 ? answer : { ...answer, checks: Object.fromEntries(checks) };
}

/** Keys as sent; of searchable ones what is shown of them. */
function keysShown({ keys, searchable = {} }: StoredEvent): Readonly<Record<string, readonly string[]>> {
  const masked = Object.entries(searchable).map(([type, values]) => [type, values.map(({ shown }) => shown)] as const);
  return { ...keys, ...Object.fromEntries(masked) };
}
