import type { Collector } from "#ingest/collector/collector.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import { type FlowId, toFlowId } from "#lib/id/id.ts";
import type { Definitions } from "#lib/storage/definitions.ts";
import type { EventPosition } from "#lib/storage/event-log.ts";
import type { UnitId } from "#lib/storage/projection.ts";

interface Judging {
  readonly flow: FlowId;
  readonly all: boolean;
  readonly after: UnitId | null;
}

/** What is still to be done over kept events and journeys since declarations changed; kept in the control store, so that a restart goes on. */
interface Plan {
  /** Versions with which every kept event has been matched. */
  readonly matched: ReadonlySet<string>;
  readonly matching: { readonly hashes: readonly string[]; readonly after: EventPosition | null } | null;
  readonly judging: readonly Judging[];
}

export interface Background {
  readonly matched: ReadonlySet<string>;
  /** Kept events have to be matched with these versions, then the journeys of these flows judged again. */
  add(work: {
    readonly hashes: readonly string[];
    readonly flows: readonly FlowId[];
    readonly all: boolean;
  }): Promise<void>;
  /** Versions of flows that were out of force for a while: events that came meanwhile have not been matched with them. */
  forget(hashes: readonly string[]): void;
  /** Does one slice; false where nothing is left. */
  step(): Promise<boolean>;
}

interface BackgroundOptions {
  readonly definitions: Definitions;
  readonly collector: Pick<Collector, "call">;
  /** Versions have been matched with every kept event: the collector has to know. */
  readonly onMatched: () => Promise<void>;
}

const settingName = "background";
/** Slices between two notes of how far it came; what is done twice changes nothing. */
const slicesPerNote = 50;

export async function openBackground({ definitions, collector, onMatched }: BackgroundOptions): Promise<Background> {
  let plan = readPlan(await definitions.findSetting(settingName));
  let slices = 0;
  const change = async (next: Partial<Plan>, isMilestone: boolean): Promise<void> => {
    plan = { ...plan, ...next };
    slices += 1;
    if (isMilestone || slices % slicesPerNote === 0)
      await definitions.saveSetting(settingName, { ...plan, matched: [...plan.matched] });
  };

  const match = async ({ hashes, after }: NonNullable<Plan["matching"]>): Promise<void> => {
    const slice = await collector.call("matchSlice", { hashes, after });
    // Another declaration may have come meanwhile and begun again.
    if (plan.matching?.hashes !== hashes) return;
    if (slice.after !== null) {
      await change({ matching: { hashes, after: slice.after } }, false);
      return;
    }
    await change({ matching: null, matched: new Set([...plan.matched, ...hashes]) }, true);
    await onMatched();
  };

  const judge = async (first: Judging): Promise<void> => {
    const { after } = await collector.call("judgeSlice", first);
    const rest = plan.judging.filter((each) => each !== first);
    await change({ judging: after === null ? rest : [{ ...first, after }, ...rest] }, after === null);
  };

  return {
    get matched() {
      return plan.matched;
    },
    async add({ hashes, flows, all }) {
      const matching =
        hashes.length === 0
          ? plan.matching
          : { hashes: [...new Set([...(plan.matching?.hashes ?? []), ...hashes])], after: null };
      const kept = plan.judging.filter(({ flow }) => !flows.includes(flow));
      const added = flows.map((flow): Judging => ({
        flow,
        after: null,
        all: all || plan.judging.some((each) => each.flow === flow && each.all),
      }));
      await change({ matching, judging: [...kept, ...added] }, true);
    },
    forget(hashes) {
      plan = { ...plan, matched: new Set([...plan.matched].filter((hash) => !hashes.includes(hash))) };
    },
    async step() {
      const [first] = plan.judging;
      if (plan.matching !== null) await match(plan.matching);
      else if (first !== undefined) await judge(first);
      else return false;
      return true;
    },
  };
}

function readPlan(setting: unknown): Plan {
  const saved = isJsonObject(setting) ? setting : {};
  const texts = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  const matching = isJsonObject(saved["matching"]) ? saved["matching"] : null;
  const judging: readonly unknown[] = Array.isArray(saved["judging"]) ? saved["judging"] : [];
  return {
    matched: new Set(texts(saved["matched"])),
    matching: matching === null ? null : { hashes: texts(matching["hashes"]), after: toPosition(matching["after"]) },
    judging: judging.flatMap((each): Judging[] => {
      if (!isJsonObject(each) || typeof each["flow"] !== "string") return [];
      return [{ flow: toFlowId(each["flow"]), all: each["all"] === true, after: toUnitId(each["after"]) }];
    }),
  };
}

/** Written by `change`, from what the collector answered. */
const toPosition = (value: unknown): EventPosition | null =>
  typeof value === "string" ? (value as EventPosition) : null;
const toUnitId = (value: unknown): UnitId | null => (typeof value === "string" ? (value as UnitId) : null);
