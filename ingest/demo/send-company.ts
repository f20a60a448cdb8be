import { setTimeout as pause } from "node:timers/promises";
import type { Sending } from "#ingest/demo/company-case.ts";
import { saveDemoState, type DemoState } from "#ingest/demo/demo-home.ts";
import type { Intake } from "#ingest/demo/intake.ts";
import { beatAll } from "#ingest/demo/send-history.ts";
import { simulateCompany } from "#ingest/demo/simulate-company.ts";
import { strayLines } from "#ingest/demo/stray-events.ts";

const heldEvents = 5_000;
const liveTickMs = 1_000;
const beatEveryMs = 5_000;
/** A crash may have come between sending and noting it; what is sent twice counts once. */
const againMs = 60_000;
/** No event leaves its system later than this after the start of its case. */
const longestCaseMs = 14 * 3_600_000;

/** A company that talks to the worker. */
export interface SendingCompany {
  /** Sends everything up to now that was not sent before, as fast as it is taken; answers how many events that were. */
  catchUp(): Promise<number>;
  /** Then what happens, as it happens; rejects when the signal comes. */
  goOn(): Promise<never>;
}

interface SendOptions {
  readonly home: string;
  readonly state: DemoState;
  readonly intake: Intake;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export function sendCompany({ home, state, intake, now, signal }: SendOptions): SendingCompany {
  const cases = simulateCompany(state);
  const sentBefore = state.sentUntil === null ? -Infinity : state.sentUntil - againMs;
  let waiting: Sending[] = [];
  let newestStart = -Infinity;
  let beatAt = -Infinity;

  const sendDue = async (until: number): Promise<number> => {
    const due = waiting.filter(({ at }) => at <= until);
    waiting = waiting.filter(({ at }) => at > until);
    await intake.post(due.map(({ event }) => event));
    return due.length;
  };
  /** Takes up every case that has begun: they come in the order of their starts. */
  const sendUntil = async (until: number): Promise<number> => {
    let sent = 0;
    while (newestStart <= until) {
      const next = cases.next();
      if (next.done === true) break;
      newestStart = next.value.sendings[0]?.at ?? newestStart;
      if (newestStart + longestCaseMs <= sentBefore) continue;
      waiting.push(...next.value.sendings.filter(({ at }) => at > sentBefore));
      if (waiting.length >= heldEvents) sent += await sendDue(until);
    }
    sent += await sendDue(until);
    if (until - beatAt < beatEveryMs) return sent;
    beatAt = until;
    await beatAll(intake, until);
    await saveDemoState(home, { ...state, sentUntil: until });
    return sent;
  };

  return {
    async catchUp() {
      const sent = await sendUntil(now());
      if (state.sentUntil === null)
        for (const [source, lines] of strayLines(state.asOf)) await intake.postLines(source, lines);
      return sent;
    },
    async goOn() {
      for (;;) {
        await pause(liveTickMs, undefined, { signal });
        await sendUntil(now());
      }
    },
  };
}
