import type { FlowId } from "#lib/id/id.ts";
import type { TroubleFilter, TroubleKind } from "#lib/storage/journey-index.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";
import { troubleStateOf } from "#lib/storage/sqlite/state-code.ts";

/** A row of `failure` (failure-table.ts). */
export interface FailureKind {
  readonly id: number;
  readonly flow: FlowId;
  readonly state: number;
  readonly step: TroubleKind["step"];
  readonly reason: TroubleKind["reason"];
  readonly error_class: TroubleKind["errorClass"];
  readonly field: string | null;
  readonly system: TroubleKind["system"];
  readonly point: string | null;
  readonly signature: string | null;
  /** Journeys of this kind, whenever they broke. */
  readonly count: number;
}

const filters = [
  ["step", "step"],
  ["reason", "reason"],
  ["errorClass", "error_class"],
  ["field", "field"],
  ["system", "system"],
  ["point", "point"],
  ["signature", "signature"],
] as const;

export const isAboutTrouble = (query: TroubleFilter): boolean => filters.some(([name]) => query[name] !== undefined);

/** Kinds of failure that a question is about; `states` as numbers. */
export const findKinds = (
  file: SqliteFile,
  query: TroubleFilter & { readonly flows: readonly FlowId[] },
  states: readonly number[],
): readonly FailureKind[] => {
  const asked = filters.filter(([name]) => query[name] !== undefined);
  return file.all<FailureKind>(
    {
      sql: `SELECT * FROM failure WHERE flow IN (SELECT value FROM json_each(?)) AND state IN (SELECT value FROM json_each(?))
       ${asked.map(([, column]) => `AND ${column} IS ?`).join(" ")}`,
    },
    JSON.stringify(query.flows),
    JSON.stringify(states),
    ...asked.map(([name]) => query[name] ?? null),
  );
};

export const toTroubleKind = (kind: FailureKind): TroubleKind => ({
  flow: kind.flow,
  state: troubleStateOf(kind.state),
  reason: kind.reason,
  step: kind.step,
  system: kind.system,
  errorClass: kind.error_class,
  field: kind.field,
  point: kind.point,
  signature: kind.signature,
});
