import type { CaseContext, HopJson, Sending } from "#ingest/demo/company-case.ts";
import type { Station } from "#ingest/demo/stations.ts";

type Told = Pick<HopJson, "keys"> &
  Partial<Pick<HopJson, "operation" | "outcome" | "to" | "attributes" | "payload" | "error">> & {
    /** How far the clock of the system is off; its events say so much more or less than the truth. */
    readonly clockOffMs?: number;
    /** Deliveries of the very same event. */
    readonly times?: number;
  };

/** Writes down the events of a case, one after the other. */
export interface CaseLog {
  /** Everything told, whether or not its moment has come. */
  readonly sendings: readonly Sending[];
  tell(step: string, station: Station, at: number, told: Told): void;
}

export function createCaseLog({ number, naming }: CaseContext, flow: string): CaseLog {
  const sendings: Sending[] = [];
  let events = 0;
  return {
    sendings,
    tell(step, { system, source, point }, at, { clockOffMs = 0, times = 1, ...told }) {
      events += 1;
      const event: HopJson = {
        id: `${system}-${number}-${events}`,
        source: naming.idPrefix + source,
        flow: naming.idPrefix + flow,
        step,
        system,
        point,
        time: new Date(at + clockOffMs).toISOString(),
        operation: "process",
        outcome: "ok",
        attributes: {},
        ...told,
      };
      for (let delivery = 0; delivery < times; delivery += 1) sendings.push({ at: at + delivery * 7_000, event });
    },
  };
}
