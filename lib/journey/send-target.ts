import type { KeyType } from "#lib/id/id.ts";

/** `to` of a send as facts keep it; `""` for one that named nothing. */
export const sendTarget = (to: string | undefined): string => to ?? "";

/**
 * The same for one value of a `per` alias, so that a send of one waybill says nothing of another;
 * `""` as value: the send carried none of that type. Flows without `per` have no such entries.
 */
export const sendTargetFor = (target: string, type: KeyType, value: string): string =>
  `${target}\u0000${type}\u0000${value}`;
