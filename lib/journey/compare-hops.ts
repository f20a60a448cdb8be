/** What is compared of a hop: how it went, and how long it took. */
export interface ComparedHop {
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly latencyMs?: number;
}

export interface HopDifference {
  readonly from: string;
  readonly to: string;
  /** null where that journey's version of the flow has no such hop. */
  readonly here: Omit<ComparedHop, "from" | "to"> | null;
  readonly there: Omit<ComparedHop, "from" | "to"> | null;
  /** How many times as long it took here; absent where one of them has no time, or it did not take much longer or less. */
  readonly factor?: number;
}

/** Two hops of healthy records differ in time by chance; from here up it is worth a look. */
const notableFactor = 3;
const notableMs = 1_000;

const nameOf = ({ from, to }: ComparedHop): string => JSON.stringify([from, to]);

function factorOf(here: ComparedHop | undefined, there: ComparedHop | undefined): number | undefined {
  if (here?.latencyMs === undefined || there?.latencyMs === undefined) return undefined;
  if (Math.abs(here.latencyMs - there.latencyMs) < notableMs) return undefined;
  const factor = here.latencyMs / Math.max(there.latencyMs, 1);
  return factor >= notableFactor || factor <= 1 / notableFactor ? factor : undefined;
}

const shown = (hop: ComparedHop | undefined): HopDifference["here"] =>
  hop === undefined
    ? null
    : { status: hop.status, ...(hop.latencyMs === undefined ? {} : { latencyMs: hop.latencyMs }) };

/** Pure: the hops that went another way in one journey than in the other, or took much longer or less; in the order of the first. */
export function compareHops(here: readonly ComparedHop[], there: readonly ComparedHop[]): readonly HopDifference[] {
  const others = new Map(there.map((hop) => [nameOf(hop), hop]));
  const own = new Map(here.map((hop) => [nameOf(hop), hop]));
  const all = [...here, ...there.filter((hop) => !own.has(nameOf(hop)))];
  return all.flatMap(({ from, to }): readonly HopDifference[] => {
    const name = JSON.stringify([from, to]);
    const [mine, other] = [own.get(name), others.get(name)];
    const factor = factorOf(mine, other);
    if (mine?.status === other?.status && factor === undefined) return [];
    return [{ from, to, here: shown(mine), there: shown(other), ...(factor === undefined ? {} : { factor }) }];
  });
}
