import { hash } from "node:crypto";
import type { SourceProgress } from "#lib/source/source.ts";
import { type IndexSchema, kept, keyword } from "#lib/storage/elasticsearch/index-schema.ts";
import type { Reporter } from "#lib/storage/projection.ts";

/** The newest heartbeat of a source. */
export interface Heartbeat {
  readonly source: string;
  readonly at: number;
  readonly arrivedAt: number;
}

/** What one opening of the store counted of a source, or what several did that are gone. */
export interface ProgressPart {
  readonly progress: SourceProgress;
  /** Epoch ms. */
  readonly changedAt: number;
  /** Nobody writes to it any more: it is about to be counted with others that are gone. */
  readonly closed?: true;
  /** Ids of parts that are counted in this one, should they still be there. */
  readonly holds?: readonly string[];
}

export type SourceFact =
  | ({ readonly kind: "heartbeat" } & Heartbeat)
  | ({ readonly kind: "progress" } & ProgressPart)
  | ({ readonly kind: "report" } & Reporter);

/** All that is known of sources, in one index. */
export interface SourceDocument {
  readonly kind: SourceFact["kind"];
  /** Its id: what pages are read in order of. */
  readonly place: string;
  readonly source: string;
  /** Of a report. */
  readonly flow?: string;
  /** A SourceFact as JSON. */
  readonly kept: string;
}

export const sourceSchema: IndexSchema = {
  name: "source",
  version: 1,
  span: "one",
  properties: { kind: keyword, place: keyword, source: keyword, flow: keyword, kept },
};

/** A name may be longer than an id. */
const idOf = (...parts: readonly string[]): string => hash("sha256", JSON.stringify(parts), "base64url").slice(0, 24);

export const heartbeatId = (source: string): string => idOf("heartbeat", source);
export const progressId = (source: string, part: string): string => idOf("progress", source, part);
/** The part that holds what was counted by openings long gone. */
export const gonePart = "gone";
export const reportId = ({ flow, step, source }: Reporter): string => idOf("report", flow, step, source);

export const toSourceDocument = (place: string, fact: SourceFact): SourceDocument => ({
  kind: fact.kind,
  place,
  source: fact.kind === "progress" ? fact.progress.source : fact.source,
  ...(fact.kind === "report" ? { flow: fact.flow } : {}),
  kept: JSON.stringify(fact),
});

/** Written by `toSourceDocument`. */
export const factIn = ({ kept: text }: Pick<SourceDocument, "kept">): SourceFact => JSON.parse(text) as SourceFact;
