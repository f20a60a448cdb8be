import { ReadError } from "#lib/api/problem.ts";

const dayMs = 86_400_000;

export interface Period {
  /** Epoch ms, from ≤ t < to. */
  readonly from: number;
  readonly to: number;
}

/** The period asked for; the 24 hours before now, or before `to`, where `from` is left out. */
export function readPeriod(
  asked: { readonly from?: number | undefined; readonly to?: number | undefined },
  now: number,
): Period {
  const to = asked.to ?? now;
  const from = asked.from ?? to - dayMs;
  if (from >= to) throw new ReadError("invalid_parameter", "`from` has to lie before `to`.", "from");
  return { from, to };
}
