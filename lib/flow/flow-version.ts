import type { Role } from "#lib/access/role.ts";
import type { FlowId, KeyType, SourceId, StepId, SystemId } from "#lib/id/id.ts";
import type { LocalText } from "#lib/people/people.ts";

/** A JSON Schema with the hash under which its results are kept (`StoredEvent.checks`). */
export interface SchemaRef {
  readonly hash: string;
  readonly schema: unknown;
  /** The file it came from, relative to the flows folder; absent for a schema written in place. */
  readonly path?: string;
}

/** A duration as written (`24h`) and in milliseconds. */
export interface Duration {
  readonly text: string;
  readonly ms: number;
}

export interface Owners {
  readonly provides?: string;
  readonly processes?: string;
  readonly monitors?: string;
}

export interface Step {
  readonly id: StepId;
  readonly system: SystemId;
  readonly title?: LocalText;
  readonly point?: string;
  /** All of these; empty where `afterAny` is used or nothing precedes. */
  readonly after: readonly StepId[];
  /** The first of these; empty unless used. */
  readonly afterAny: readonly StepId[];
  readonly within?: Duration;
  readonly calendar?: string;
  readonly per?: KeyType;
  readonly optional: boolean;
  readonly ends: boolean;
  readonly sends: boolean;
  readonly strict: boolean;
  readonly sources: readonly SourceId[];
  /** Tests `{ attributes, payload }` of the predecessor's settling event. */
  readonly when?: SchemaRef;
  readonly contract?: SchemaRef;
  readonly owners: Owners;
}

/** Which raw events of a source are which step; used by the import and by later sources. */
export interface MatchRule {
  readonly step: StepId;
  readonly source?: string;
  readonly point?: string;
  /** Where in the raw event each key stands: `{ order_no: "order.id" }`. */
  readonly keys: Readonly<Record<KeyType, string>>;
}

export interface Objective {
  readonly sli: "latency" | "completeness";
  readonly from?: StepId;
  readonly to?: StepId;
  readonly threshold?: Duration;
  /** 0 to 1: `99.5%` is 0.995. */
  readonly target: number;
  readonly window: Duration;
}

/** A parsed flow declaration (DESIGN 4.2). Steps stand in the order of declaration, which is not always that of the path. */
export interface Flow {
  readonly flow: FlowId;
  readonly title?: LocalText;
  /** Epoch ms from which this version judges, where the declaration says so (`from: 2026-11-01T00:00:00Z`); else when it is saved. */
  readonly from?: number;
  /** Absent: every role. */
  readonly visibleTo?: readonly Role[];
  readonly primary: KeyType;
  readonly aliases: readonly KeyType[];
  readonly searchable: readonly KeyType[];
  readonly steps: readonly Step[];
  readonly match: readonly MatchRule[];
  readonly objectives: readonly Objective[];
}

/** One saved version of a flow; judging reads versions from the store only. */
export interface FlowVersion {
  readonly flow: FlowId;
  /** Content hash of the declaration with the schemas it names. */
  readonly hash: string;
  /** Judges journeys whose earliest event is at or after this (epoch ms); -Infinity (stored as null) for the first version. */
  readonly from: number;
  readonly savedAt: number;
  readonly declaredIn: "file" | "console";
  /** The YAML as written, for people. */
  readonly text: string;
  readonly declaration: Flow;
}
