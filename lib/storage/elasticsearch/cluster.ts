import { Client, errors, type estypes, SniffingTransport } from "@elastic/elasticsearch";
import { readFileSync } from "node:fs";
import { createGuard } from "#lib/storage/elasticsearch/breaker.ts";
import { refusalOf, toStorageError } from "#lib/storage/elasticsearch/cluster-error.ts";
import type { IndexSchema } from "#lib/storage/elasticsearch/index-schema.ts";
import { createSilence } from "#lib/storage/elasticsearch/silence.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { shardAway, ShardAwayError, whenReady } from "#lib/storage/elasticsearch/when-ready.ts";
import { createWriter, type WriteOperation, type WriteOutcome } from "#lib/storage/elasticsearch/write.ts";

export interface ClusterSettings {
  /** One or several nodes of one cluster: where one does not answer, another is asked. */
  readonly urls: readonly string[];
  readonly apiKey: string | null;
  readonly username: string | null;
  readonly password: string | null;
  /** A file of PEM certificates to trust instead of the machine's. */
  readonly caFile: string | null;
  /** Every index, alias and template of this installation begins with it. */
  readonly prefix: string;
  readonly replicas: number;
  /** How long one answer may take; default 30 s. */
  readonly requestTimeoutMs?: number;
}

/** Which writing of a document was read: another one is written only over this. */
export interface Revision {
  readonly seqNo: number;
  readonly primaryTerm: number;
}

export interface KeptDocument<Source> extends Revision {
  readonly id: string;
  readonly index: string;
  readonly source: Source;
}

export type SearchBody = Omit<estypes.SearchRequest, "index">;
export type SearchQuery = NonNullable<SearchBody["query"]>;

/**
 * The cluster as the adapter speaks to it: documents by id (real-time), searches (which see what this process wrote before), and writes.
 * Everything rejects with StorageError.
 */
export interface Cluster {
  readonly client: Client;
  readonly settings: ClusterSettings;
  /** The alias of an index, behind the prefix. */
  aliasOf(index: Pick<IndexSchema, "name">): string;
  /** The index itself: of a daily or monthly one that of the day or month (UTC) of `at`, epoch ms. */
  indexOf(index: Pick<IndexSchema, "name" | "version" | "span">, at?: number): string;
  get<Source>(index: string, id: string): Promise<KeptDocument<Source> | null>;
  /** By id, with these fields of their source or all; those that are not there are left out. Real-time: sees every write acknowledged before, of any process. */
  getMany<Source>(
    index: string,
    ids: readonly string[],
    source?: string[],
  ): Promise<ReadonlyMap<string, KeptDocument<Source>>>;
  /** In the order given, each on its own; one outcome an operation. Rejects where the cluster does not answer or takes nothing now. */
  write(operations: readonly WriteOperation[]): Promise<readonly WriteOutcome[]>;
  /** Waits until what this process wrote to the index before is found; does not make others' writes visible any sooner. */
  search<Source>(index: string, body: SearchBody): Promise<estypes.SearchResponse<Source>>;
  /** Says that searches of the index must see what was just written to it by other means than `write`. */
  noteWritten(index: string): void;
  /** Makes everything written to the index visible to searches now. */
  refresh(index: string): Promise<void>;
  /** Any other call of the client, with its errors made ours. */
  call<Result>(doing: string, run: (client: Client) => Promise<Result>): Promise<Result>;
  /** How long calls have waited while none was answered, ms; 0 where nothing waits. */
  silentMs(): number;
  close(): Promise<void>;
}

/** Ids asked in one request. */
const idsPerRequest = 2_000;

/** Asks nothing yet. Throws StorageError where the file of certificates can't be read. */
export function openCluster(settings: ClusterSettings): Cluster {
  const client = new Client(clientOptions(settings));
  const guard = createGuard(client);
  const silence = createSilence(() => performance.now());
  /** By alias: the number of the last write to it, and of the last one that a finished refresh covers. */
  const written = new Map<string, number>();
  const visible = new Map<string, number>();
  const refreshing = new Map<string, Promise<void>>();
  let writes = 0;

  const call = async <Result>(doing: string, run: (client: Client) => Promise<Result>): Promise<Result> => {
    try {
      return await silence.during(() => guard(doing, run));
    } catch (error) {
      throw toStorageError(error, doing);
    }
  };
  const writer = createWriter(call);
  const aliasOf: Cluster["aliasOf"] = ({ name }) => `${settings.prefix}-${name}`;
  /** Daily indices are searched by their alias: what was written to one of them is unseen in it. */
  const aliasBehind = (index: string): string => index.replace(/-v\d+(?:-\d{4}\.\d{2}(?:\.\d{2})?)?$/u, "");
  const noteWritten = (index: string): void => {
    writes += 1;
    written.set(aliasBehind(index), writes);
  };
  const refresh = async (index: string): Promise<void> => {
    const alias = aliasBehind(index);
    const upTo = writes;
    await call(`refresh ${alias}`, (one) => one.indices.refresh({ index: alias, ignore_unavailable: true }));
    visible.set(alias, Math.max(visible.get(alias) ?? 0, upTo));
  };
  /** Until what was written before it was called is found; what is written meanwhile keeps nobody waiting. */
  const see = async (index: string): Promise<void> => {
    const alias = aliasBehind(index);
    const upTo = written.get(alias) ?? 0;
    while ((visible.get(alias) ?? 0) < upTo) {
      // One that runs already may have begun before the last write: then another follows it.
      const running = refreshing.get(alias) ?? refresh(alias).finally(() => refreshing.delete(alias));
      refreshing.set(alias, running);
      await running;
    }
  };

  return {
    client,
    settings,
    aliasOf,
    indexOf({ name, version, span }, at = 0) {
      const index = `${settings.prefix}-${name}-v${version}`;
      if (span === "one") return index;
      return `${index}-${new Date(at)
        .toISOString()
        .slice(0, span === "day" ? 10 : 7)
        .replaceAll("-", ".")}`;
    },
    async get<Source>(index: string, id: string) {
      const found = await call(`read ${index}`, async (one) => {
        try {
          return await whenReady(async () => one.get<Source>({ index, id }));
        } catch (error) {
          if (error instanceof errors.ResponseError && error.statusCode === 404 && isMissing(error)) return null;
          throw error;
        }
      });
      return found === null ? null : toKept(found);
    },
    async getMany<Source>(index: string, ids: readonly string[], source?: string[]) {
      const found = new Map<string, KeptDocument<Source>>();
      for (let first = 0; first < ids.length; first += idsPerRequest) {
        const part = ids.slice(first, first + idsPerRequest);
        const answer = await call(`read ${index}`, async (one) =>
          whenReady(async () => {
            const all = await one.mget<Source>({ index, ids: [...part], ...(source && { _source: source }) });
            const away = all.docs.find((each) => "error" in each && each.error.type === shardAway);
            if (away !== undefined) throw new ShardAwayError(`the shard of ${away._id} is on no node that runs`);
            return all;
          }),
        );
        for (const each of answer.docs) {
          if ("error" in each) {
            if (each.error.type === "index_not_found_exception") continue;
            throw toStorageError(new Error(`${each.error.type}: ${each.error.reason ?? ""}`), `read ${index}`);
          }
          const kept = toKept(each);
          if (kept !== null) found.set(kept.id, kept);
        }
      }
      return found;
    },
    async write(operations) {
      if (operations.length === 0) return [];
      try {
        return await writer(operations);
      } finally {
        // Not before: a refresh that began meanwhile would be taken for one that saw them. What failed may have been written in part.
        for (const { index } of operations) noteWritten(index);
      }
    },
    async search<Source>(index: string, body: SearchBody) {
      await see(index);
      const whole = { index, ignore_unavailable: true, allow_partial_search_results: false };
      return await call(`search ${index}`, async (one) =>
        whenReady(async () => one.search<Source>({ ...whole, ...body })),
      );
    },
    noteWritten,
    refresh,
    call,
    silentMs: () => silence.ms(),
    async close() {
      await client.close();
    },
  };
}

/** The client's own pauses would let somebody who asks wait for seconds before they hear that nothing answers. */
class QuickTransport extends SniffingTransport {
  constructor(options: ConstructorParameters<typeof SniffingTransport>[0]) {
    super({ ...options, retryBackoff: (_min, _max, attempt) => 0.05 * 2 ** attempt * (0.5 + Math.random()) });
  }
}

function clientOptions({
  urls,
  apiKey,
  username,
  password,
  caFile,
  requestTimeoutMs = 30_000,
}: ClusterSettings): ConstructorParameters<typeof Client>[0] {
  const auth = apiKey !== null ? { apiKey } : username !== null ? { username, password: password ?? "" } : undefined;
  return {
    nodes: [...urls],
    ...(auth === undefined ? {} : { auth }),
    ...(caFile === null ? {} : { tls: { ca: readCertificates(caFile) } }),
    maxRetries: 2,
    Transport: QuickTransport,
    requestTimeout: requestTimeoutMs,
    compression: false,
    enableMetaHeader: false,
  };
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StorageError("unfit", `The file of ELASTICSEARCH_CA_FILE can't be read: ${why}`, error);
  }
}

/** No such document, or no index yet to hold one. */
const isMissing = (error: errors.ResponseError): boolean => {
  const { type } = refusalOf(error);
  return type === "unknown" || type === "index_not_found_exception";
};

interface Found<Source> {
  readonly _id: string;
  readonly _index: string;
  readonly found?: boolean;
  readonly _seq_no?: number;
  readonly _primary_term?: number;
  readonly _source?: Source;
}

/** A document read by id always has its numbers; without `_source` it was asked for none. */
function toKept<Source>({
  _id,
  _index,
  found,
  _seq_no,
  _primary_term,
  _source,
}: Found<Source>): KeptDocument<Source> | null {
  if (found !== true) return null;
  return {
    id: _id,
    index: _index,
    seqNo: _seq_no ?? -1,
    primaryTerm: _primary_term ?? -1,
    source: (_source ?? {}) as Source,
  };
}
