import type { FlowId, SourceId } from "#lib/id/id.ts";
import type { SourceProgress } from "#lib/source/source.ts";
import type { Reporter } from "#lib/storage/projection.ts";

/** What is known of sources; written by `Projection.commit` and by heartbeats. */
export interface Sources {
  list(): Promise<readonly SourceProgress[]>;
  listReporters(flow: FlowId): Promise<readonly Reporter[]>;
  /** Durable when resolved; keeps the largest time. `at` is already capped at arrival. */
  acceptHeartbeat(beat: { readonly source: string; readonly at: number; readonly arrivedAt: number }): Promise<void>;
  /** Forgets that these sources ever spoke, heartbeats too, and who reported the steps of these flows. */
  forget(sources: readonly SourceId[], flows: readonly FlowId[]): Promise<void>;
}
