import { type FlowId, type SourceId, toSourceId } from "#lib/id/id.ts";
import type { SourceProgress } from "#lib/source/source.ts";
import type { Cluster, SearchQuery } from "#lib/storage/elasticsearch/cluster.ts";
import { foldParts, type KeptPart, sumParts } from "#lib/storage/elasticsearch/fold-parts.ts";
import { mergeDocuments, type Merge } from "#lib/storage/elasticsearch/merge-documents.ts";
import {
  factIn,
  type Heartbeat,
  heartbeatId,
  progressId,
  reportId,
  type SourceDocument,
  type SourceFact,
  sourceSchema,
  toSourceDocument,
} from "#lib/storage/elasticsearch/source-document.ts";
import { addProgress, withoutProgress } from "#lib/storage/elasticsearch/source-progress.ts";
import type { Reporter } from "#lib/storage/projection.ts";
import type { SourceHeard, Sources } from "#lib/storage/sources.ts";

interface SourcesOptions {
  readonly cluster: Cluster;
  /** Of this opening. */
  readonly writer: string;
  readonly now: () => number;
}

const factsPerPage = 5_000;

/** What is known of sources: every worker counts in documents of its own, which are summed when listed. */
export class ElasticsearchSources implements Sources {
  readonly #options: SourcesOptions;
  readonly #index: string;
  /** By source: what had been counted when this opening first listed them, and its own parts that were closed. Its totals go on from there. */
  #others: Map<string, SourceProgress> | null = null;
  /** By source: what this opening has written of its own. */
  readonly #own = new Map<string, SourceProgress>();
  /** By source: how often somebody took this opening for gone and closed its part. */
  readonly #closings = new Map<string, number>();

  constructor(options: SourcesOptions) {
    this.#options = options;
    this.#index = options.cluster.indexOf(sourceSchema);
  }

  async listHeard(): Promise<readonly SourceHeard[]> {
    const heard = new Map<string, SourceProgress>();
    const note = (progress: SourceProgress): void => {
      const known = heard.get(progress.source);
      heard.set(progress.source, known === undefined ? progress : addProgress(known, progress));
    };
    for (const { fact } of await this.#read({ terms: { kind: ["progress", "heartbeat"] } })) {
      if (fact.kind === "progress") note(fact.progress);
      if (fact.kind === "heartbeat") note({ ...newSource(fact.source, fact.arrivedAt), heartbeatAt: fact.at });
    }
    return [...heard.values()].map(({ source, newestEventAt, heartbeatAt, lastSeenAt }) => ({
      source,
      lastSeenAt,
      ...(newestEventAt === undefined ? {} : { newestEventAt }),
      ...(heartbeatAt === undefined ? {} : { heartbeatAt }),
    }));
  }

  async list(): Promise<readonly SourceProgress[]> {
    const found = await this.#read({ terms: { kind: ["progress", "heartbeat"] } });
    const parts = new Map<string, KeptPart[]>();
    const beats: Heartbeat[] = [];
    for (const { id, fact } of found) {
      if (fact.kind === "heartbeat") beats.push(fact);
      if (fact.kind !== "progress") continue;
      const { source } = fact.progress;
      parts.set(source, [...(parts.get(source) ?? []), { ...fact, id }]);
    }
    const sources = new Map<string, SourceProgress>();
    for (const [source, all] of parts) {
      const total = sumParts(all);
      if (total !== null) sources.set(source, total);
      await foldParts(all, { ...this.#options, index: this.#index, own: this.#ownPart(source) });
    }
    this.#others ??= new Map(sources);
    for (const { source, at, arrivedAt } of beats) {
      const known = sources.get(source) ?? newSource(source, arrivedAt);
      sources.set(source, addProgress(known, { ...newSource(source, arrivedAt), heartbeatAt: at }));
    }
    return [...sources.values()].toSorted((a, b) => (a.source < b.source ? -1 : 1));
  }

  async listReporters(flow: FlowId): Promise<readonly Reporter[]> {
    const found = await this.#read({ bool: { filter: [{ term: { kind: "report" } }, { term: { flow } }] } });
    return found.flatMap(({ fact }) => {
      if (fact.kind !== "report") return [];
      const { flow: of, step, source, newestEventAt } = fact;
      return [{ flow: of, step, source, newestEventAt }];
    });
  }

  async acceptHeartbeat({ source, at, arrivedAt }: Heartbeat): Promise<void> {
    const merge = (kept: SourceFact | null): SourceFact | null => {
      if (kept?.kind !== "heartbeat") return { kind: "heartbeat", source, at, arrivedAt };
      if (kept.at >= at && kept.arrivedAt >= arrivedAt) return null;
      return {
        kind: "heartbeat",
        source,
        at: Math.max(kept.at, at),
        arrivedAt: Math.max(kept.arrivedAt, arrivedAt),
      };
    };
    await this.#merge(new Map([[heartbeatId(source), merge]]));
  }

  /**
   * For `Projection.commit`: totals as this opening knows them, which go on from what its first `list` told it, and who reported which step.
   * Each is written so that what other workers counted and saw meanwhile stays.
   */
  async commit(totals: readonly SourceProgress[], reporters: readonly Reporter[]): Promise<void> {
    const merges = new Map<string, (kept: SourceFact | null) => SourceFact | null>();
    const closed: SourceProgress[] = [];
    const changedAt = this.#options.now();
    for (const total of totals) {
      const progress = withoutProgress(total, this.#others?.get(total.source));
      const isWritten = this.#own.has(total.source);
      merges.set(this.#ownPart(total.source), (kept) => {
        if (kept === null ? !isWritten : kept.kind === "progress" && kept.closed !== true)
          return { kind: "progress", progress, changedAt };
        closed.push(total);
        return null;
      });
    }
    for (const reporter of reporters) {
      merges.set(reportId(reporter), (kept) =>
        kept?.kind === "report" && kept.newestEventAt >= reporter.newestEventAt
          ? null
          : { kind: "report", ...reporter },
      );
    }
    await this.#merge(merges);
    for (const total of totals)
      if (!closed.includes(total)) this.#own.set(total.source, withoutProgress(total, this.#others?.get(total.source)));
    if (closed.length > 0) await this.#goOn(closed);
  }

  async forget(sources: readonly SourceId[], flows: readonly FlowId[]): Promise<void> {
    const { cluster } = this.#options;
    const should: SearchQuery[] = [{ terms: { source: [...sources] } }, { terms: { flow: [...flows] } }];
    const query = { bool: { should, minimum_should_match: 1 } };
    for (let left = 1; left > 0;) {
      await cluster.refresh(this.#index);
      const { version_conflicts = 0 } = await cluster.call("forget sources", (client) =>
        client.deleteByQuery({ index: this.#index, query, conflicts: "proceed", refresh: true }),
      );
      left = version_conflicts;
    }
    for (const source of sources) {
      this.#others?.delete(source);
      this.#own.delete(source);
    }
  }

  /** This opening's part was closed, or is gone: what it had written is counted with the others', and it begins another. */
  async #goOn(totals: readonly SourceProgress[]): Promise<void> {
    this.#others ??= new Map();
    for (const { source } of totals) {
      const others = this.#others.get(source);
      const own = this.#own.get(source);
      if (own !== undefined) this.#others.set(source, others === undefined ? own : addProgress(others, own));
      this.#own.delete(source);
      this.#closings.set(source, (this.#closings.get(source) ?? 0) + 1);
    }
    await this.commit(totals, []);
  }

  #ownPart(source: string): string {
    return progressId(source, `${this.#options.writer}.${this.#closings.get(source) ?? 0}`);
  }

  async #merge(merges: ReadonlyMap<string, (kept: SourceFact | null) => SourceFact | null>): Promise<void> {
    const ofDocuments = [...merges].map(([id, merge]): [string, Merge<SourceDocument>] => [
      id,
      (kept) => {
        const fact = merge(kept === null ? null : factIn(kept));
        return fact === null ? null : toSourceDocument(id, fact);
      },
    ]);
    await mergeDocuments(this.#options.cluster, this.#index, new Map(ofDocuments));
  }

  async #read(query: SearchQuery): Promise<readonly { readonly id: string; readonly fact: SourceFact }[]> {
    const found: { readonly id: string; readonly fact: SourceFact }[] = [];
    for (let after: string | undefined; ;) {
      const { hits } = await this.#options.cluster.search<SourceDocument>(this.#index, {
        query,
        sort: [{ place: "asc" }],
        size: factsPerPage,
        track_total_hits: false,
        _source: ["place", "kept"],
        ...(after === undefined ? {} : { search_after: [after] }),
      });
      for (const { _source } of hits.hits)
        if (_source !== undefined) found.push({ id: _source.place, fact: factIn(_source) });
      after = hits.hits.at(-1)?._source?.place;
      if (after === undefined || hits.hits.length < factsPerPage) return found;
    }
  }
}

const newSource = (source: string, arrivedAt: number): SourceProgress => ({
  source: toSourceId(source),
  lastSeenAt: arrivedAt,
  acceptedTotal: 0,
  duplicateTotal: 0,
  rejectedTotal: 0,
});
