import type { Cluster, KeptDocument } from "#lib/storage/elasticsearch/cluster.ts";
import { type IndexSchema, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";
import type { Lease, Leases } from "#lib/storage/leases.ts";

export const leasesSchema: IndexSchema = {
  name: "leases",
  version: 1,
  span: "one",
  properties: { holder: keyword, fence: long, beat: long },
};

/** Under the lease's name. A new beat is how others see that the holder lives. */
interface LeaseDocument {
  /** Null: let go of. */
  readonly holder: string | null;
  readonly fence: number;
  readonly beat: number;
}

interface Sighting {
  readonly fence: number;
  readonly beat: number;
  readonly at: number;
}

/** `elapsed` is a clock that never goes back, ms: of this process only. */
export function createLeases(cluster: Cluster, elapsed: () => number): Leases {
  const index = cluster.aliasOf(leasesSchema);
  const seen = new Map<string, Sighting>();

  /** Whether nobody lives who holds it: let go of, or its holder was not heard of for so long. */
  const isFree = (name: string, { holder, fence, beat }: LeaseDocument, durationMs: number): boolean => {
    if (holder === null) return true;
    const last = seen.get(name);
    if (last?.fence === fence && last.beat === beat) return elapsed() - last.at >= durationMs;
    seen.set(name, { fence, beat, at: elapsed() });
    return false;
  };

  /** Over what was read; null where somebody else wrote meanwhile. */
  const write = async (
    name: string,
    kept: KeptDocument<LeaseDocument> | null,
    document: LeaseDocument,
  ): Promise<Lease | null> => {
    const [outcome] = await cluster.write([
      kept === null
        ? { kind: "create", index, id: name, source: document }
        : { kind: "index", index, id: name, source: document, revision: kept },
    ]);
    if (outcome?.status !== "done" || document.holder === null) return null;
    return { name, holder: document.holder, fence: document.fence };
  };

  return {
    async hold(name, holder, durationMs) {
      const kept = await cluster.get<LeaseDocument>(index, name);
      if (kept === null) return write(name, null, { holder, fence: 1, beat: 1 });
      const { source } = kept;
      if (source.holder === holder) return write(name, kept, { ...source, beat: source.beat + 1 });
      if (!isFree(name, source, durationMs)) return null;
      return write(name, kept, { holder, fence: source.fence + 1, beat: 1 });
    },
    async release({ name, holder, fence }) {
      const kept = await cluster.get<LeaseDocument>(index, name);
      if (kept?.source.holder === holder && kept.source.fence === fence)
        await write(name, kept, { ...kept.source, holder: null });
    },
  };
}
