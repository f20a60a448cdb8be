import type { AuditEntry } from "#lib/storage/audit.ts";
import type { FlowId } from "#lib/id/id.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { People } from "#lib/people/people.ts";
import type { SourceDeclaration } from "#lib/source/source.ts";

/** A file that could not be taken; the last good version stays in force. */
export interface FileProblem {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** What is wrong and what to write instead. */
  readonly message: string;
}

/** What else the files beside the flows declare. */
export interface Surroundings {
  readonly people: People;
  readonly sources: readonly SourceDeclaration[];
}

/** Flow versions under their content hash, and what stands beside them. Any process reads; `revision` grows with every change. */
export interface Definitions {
  revision(): Promise<number>;
  /** Every version of every flow, by flow, then `from`. */
  listVersions(): Promise<readonly FlowVersion[]>;
  /**
   * Saves a version and audits it in the same transaction. Saving a hash that is already the newest of its flow changes nothing (false).
   * A flow belongs to the file or the console, whichever declared it first: otherwise StorageError `conflict`.
   */
  saveVersion(version: FlowVersion, by: string): Promise<boolean>;
  /** Takes every version of a flow away, as if it had never been declared, with closings and notes of its journeys; audited in the same transaction; false where there is none. */
  removeFlow(flow: FlowId, by: string): Promise<boolean>;
  surroundings(): Promise<Surroundings>;
  saveSurroundings(surroundings: Surroundings): Promise<void>;
  listProblems(): Promise<readonly FileProblem[]>;
  saveProblems(problems: readonly FileProblem[]): Promise<void>;
  /** Small settings by name (e.g. the masking policy, files loaded at), JSON values. */
  findSetting(name: string): Promise<unknown>;
  saveSetting(name: string, value: unknown): Promise<void>;
  /** The same for figures that nobody follows: the revision stays. */
  saveFigures(name: string, value: unknown): Promise<void>;
  /** What stands under the name; where nothing does, this value from now on. Of several that ask at once one wins, and all hear the same. */
  claimSetting(name: string, value: unknown): Promise<unknown>;
  /** What a person changes of a setting, with its audit entry in the same transaction; false, and no entry, where nothing is another. */
  changeSetting(name: string, change: (value: unknown) => unknown, entry: AuditEntry): Promise<boolean>;
  /**
   * Says which flows are declared in that place now: of those that belong to it, the others are no longer in force.
   * Saving a version of a flow puts it in force again.
   */
  saveActive(declaredIn: FlowVersion["declaredIn"], flows: readonly FlowId[]): Promise<void>;
  /** Flows whose declaration is no longer in any file are kept, their journeys too; this lists those still in force. */
  listActive(): Promise<readonly FlowId[]>;
}
