import type { SourceId } from "#lib/id/id.ts";
import type { SourceDeclaration, SourceProgress, SourceWatermark } from "#lib/source/source.ts";

/**
 * Event time up to which we believe to have seen everything of a source (DESIGN 5, Watermark): its newest event or heartbeat, both
 * capped at arrival. One declared with `silentAfter` counts as at now − delay while that is younger than `silentAfter`; never as less.
 */
export function watermarkOf(
  progress: SourceProgress,
  declaration: SourceDeclaration | undefined,
  now: number,
): SourceWatermark {
  const { source } = progress;
  const newestAt = Math.max(progress.newestEventAt ?? -Infinity, progress.heartbeatAt ?? -Infinity);
  if (newestAt === -Infinity) return neverHeard(source);
  const { silentAfterMs, delayMs = 0 } = declaration ?? {};
  const believed = now - delayMs;
  if (silentAfterMs === undefined || now - newestAt >= silentAfterMs || believed <= newestAt) {
    return { source, watermark: newestAt, newestAt };
  }
  return { source, watermark: believed, newestAt, believedUntil: newestAt + silentAfterMs };
}

/** A source that was declared and never sent anything. */
export const neverHeard = (source: SourceId): SourceWatermark => ({ source, watermark: -Infinity });
