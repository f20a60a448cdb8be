import { setTimeout as pause } from "node:timers/promises";
import type { HopJson } from "#ingest/demo/company-case.ts";

/** What the worker is told, source by source, each with its own token. */
export interface Intake {
  /** Resolves when the worker has answered for all of them; throws where it takes one of them for wrong. */
  post(events: readonly HopJson[]): Promise<void>;
  /** Sends lines that may be anything, whatever becomes of them. */
  postLines(source: string, lines: readonly string[]): Promise<void>;
  /** "I am alive and have sent everything up to `at`." */
  beat(source: string, at: number): Promise<void>;
}

interface IntakeOptions {
  /** Of the worker. */
  readonly url: string;
  /** Secret by source. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
}

const eventsPerRequest = 1_000;
const tryAgainAfterMs = 500;

export function openIntake({ url, tokens, signal }: IntakeOptions): Intake {
  const send = async (
    path: string,
    source: string,
    type: string,
    body: string,
    alsoFine: readonly number[] = [],
  ): Promise<unknown> => {
    for (;;) {
      const answer = await fetch(url + path, {
        method: "POST",
        headers: { "content-type": type, authorization: `Bearer ${tokens.get(source) ?? ""}` },
        body,
        ...(signal && { signal }),
      });
      if (answer.ok || alsoFine.includes(answer.status)) return await answer.json();
      const said = await answer.text();
      if (answer.status !== 429 && answer.status !== 503) {
        throw new Error(`The worker answered ${answer.status} to ${path} of ${source}: ${said}`);
      }
      await pause(Number(answer.headers.get("retry-after") ?? 0) * 1_000 || tryAgainAfterMs, undefined, { signal });
    }
  };
  return {
    async post(events) {
      for (const [source, own] of Map.groupBy(events, (event) => event.source)) {
        for (let first = 0; first < own.length; first += eventsPerRequest) {
          const lines = own.slice(first, first + eventsPerRequest).map((event) => JSON.stringify(event));
          const answer = await send("/v1/hops", source, "application/x-ndjson", lines.join("\n"));
          const [refused] = rejectedIn(answer);
          if (refused !== undefined)
            throw new Error(`The worker refused an event of ${source}: ${JSON.stringify(refused)}`);
        }
      }
    },
    async postLines(source, lines) {
      await send("/v1/hops", source, "application/x-ndjson", lines.join("\n"), [400]);
    },
    async beat(source, at) {
      const body = JSON.stringify({ source, time: new Date(at).toISOString() });
      await send("/v1/heartbeats", source, "application/json", body);
    },
  };
}

const rejectedIn = (answer: unknown): readonly unknown[] =>
  typeof answer === "object" && answer !== null && "rejected" in answer && Array.isArray(answer.rejected)
    ? answer.rejected
    : [];
