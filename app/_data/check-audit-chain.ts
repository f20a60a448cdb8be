import "server-only";
import type { ChainCheck } from "#components/audit/chain-note.tsx";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

/** Every entry is read for it: once a minute is enough, however many look. */
const goodForMs = 60_000;

let last: { readonly at: number; readonly check: Promise<ChainCheck> } | null = null;

const verify = async (at: number): Promise<ChainCheck> => {
  const { control, log } = currentConsole();
  try {
    const broken = await control.audit.verify();
    if (broken !== null) return { state: "broken", ...broken };
    const heads = await control.audit.heads();
    return { state: "whole", count: heads.reduce((sum, { sequence }) => sum + sequence, 0), at };
  } catch (error) {
    log.error({ err: error }, "the audit chain could not be checked");
    return { state: "unknown" };
  }
};

/** Whether the entries follow from each other, as of the last minute. */
export async function checkAuditChain(): Promise<ChainCheck> {
  await requireViewer("audit.read");
  const at = currentConsole().now();
  if (last === null || at - last.at >= goodForMs) last = { at, check: verify(at) };
  return last.check;
}
