import type { FlowId, SourceId } from "#lib/id/id.ts";
import type { SourceProgress } from "#lib/source/source.ts";
import type { Reporter } from "#lib/storage/projection.ts";

/** How far a source has come, whoever heard it. */
export type SourceHeard = Pick<SourceProgress, "source" | "newestEventAt" | "heartbeatAt" | "lastSeenAt">;

/** What is known of sources; written by `Projection.commit` and by heartbeats. */
export interface Sources {
  /** A writer's totals in `Projection.commit` go on from what the first `list` of its opening told, whatever others count meanwhile. */
  list(): Promise<readonly SourceProgress[]>;
  listReporters(flow: FlowId): Promise<readonly Reporter[]>;
  /** What other writers may have heard meanwhile; empty where there are no others. Changes nothing of what `list` began. */
  listHeard(): Promise<readonly SourceHeard[]>;
  /** Durable when resolved; keeps the largest time. `at` is already capped at arrival. */
  acceptHeartbeat(beat: { readonly source: string; readonly at: number; readonly arrivedAt: number }): Promise<void>;
  /** Forgets that these sources ever spoke, heartbeats too, and who reported the steps of these flows. */
  forget(sources: readonly SourceId[], flows: readonly FlowId[]): Promise<void>;
}
