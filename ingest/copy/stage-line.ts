import type { CopyStage } from "#ingest/copy/copy-store.ts";
import type { TransferKind } from "#lib/storage/transfer.ts";

/** As people call them. */
export const kindNames: Readonly<Record<TransferKind, string>> = {
  event: "events",
  deadLetter: "dead letters",
  source: "sources",
  reporter: "sources of steps",
  unit: "facts",
  link: "links between keys",
  key: "keys",
  journey: "journeys",
  flow: "flows",
  version: "versions of flows",
  setting: "settings",
  declared: "people and sources declared",
  user: "accounts",
  setupLink: "set-up links",
  token: "tokens",
  auditEntry: "audit entries",
  request: "requests",
  closing: "closed records",
  note: "notes",
};

export const toCountText = (count: number): string => count.toLocaleString("en");

/** One line for a terminal: what, how many of how many, how fast, how long still. */
export const toStageLine = ({ doing, kind, done, total, before }: CopyStage, elapsedMs: number): string => {
  const perSecond = elapsedMs > 0 ? ((done - before) * 1_000) / elapsedMs : 0;
  const speed = perSecond >= 1 ? ` · ${toCountText(Math.round(perSecond))}/s` : "";
  const left = perSecond > 0 && done < total ? ` · ${toLeftText((total - done) / perSecond)} left` : "";
  return `${doing} ${kindNames[kind]}: ${toCountText(done)} of ${toCountText(total)}${speed}${left}`;
};

const toLeftText = (seconds: number): string => {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  return whole < 3_600 ? `${Math.round(whole / 60)} min` : `${(whole / 3_600).toFixed(1)} h`;
};
