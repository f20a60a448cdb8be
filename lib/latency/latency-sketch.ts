import { ranksOf } from "#lib/latency/percentile.ts";
import { readVarints, writeVarints } from "#lib/latency/varint.ts";

const GAMMA = 1.02;
const LOG_GAMMA = Math.log(GAMMA);
/** Whole milliseconds up to this have a bin each and are exact; above, bins grow by GAMMA. */
const EXACT_UP_TO = 100;

const binOf = (latencyMs: number): number =>
  latencyMs <= EXACT_UP_TO
    ? Math.round(latencyMs)
    : EXACT_UP_TO + Math.ceil(Math.log(latencyMs / EXACT_UP_TO) / LOG_GAMMA);

/** The value within the bin whose relative error is smallest at both of its ends: (GAMMA - 1) / (GAMMA + 1) = 0.99 %. */
const valueOf = (bin: number): number =>
  bin <= EXACT_UP_TO ? bin : (EXACT_UP_TO * 2 * GAMMA ** (bin - EXACT_UP_TO)) / (GAMMA + 1);

/**
 * How often which latency was seen, in logarithmic bins: percentiles within 1 %, merging is adding. Values can be taken out again,
 * so that a journey that is judged anew replaces what it had contributed. Negative latencies are counted apart.
 */
export class LatencySketch {
  readonly #bins = new Map<number, number>();
  #count = 0;
  #skewed = 0;
  /** The bins by size, until one changes: several percentiles are asked of one sketch. */
  #inOrder: readonly (readonly [bin: number, times: number])[] | null = null;

  static fromBytes(bytes: Uint8Array): LatencySketch {
    const sketch = new LatencySketch();
    const [skewed = 0, ...pairs] = readVarints(bytes);
    sketch.#skewed = skewed;
    let bin = 0;
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      bin += pairs[at] ?? 0;
      sketch.#add(bin, pairs[at + 1] ?? 0);
    }
    return sketch;
  }

  /** Latencies that are not negative. */
  get count(): number {
    return this.#count;
  }

  get skewedCount(): number {
    return this.#skewed;
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#skewed === 0;
  }

  /** `times` is negative to take a latency out that had been added. */
  add(latencyMs: number, times = 1): void {
    if (latencyMs < 0) this.#skewed += times;
    else this.#add(binOf(latencyMs), times);
  }

  merge(other: LatencySketch): void {
    this.#skewed += other.#skewed;
    for (const [bin, times] of other.#bins) this.#add(bin, times);
  }

  /** The same percentile as percentileOf, within 1 %; null where there are no values. */
  percentile(share: number): number | null {
    if (this.#count === 0) return null;
    const { lower, upper } = ranksOf(share, this.#count);
    let low: number | null = null;
    let seen = 0;
    for (const [bin, times] of this.#sorted()) {
      seen += times;
      if (low === null && seen >= lower) low = valueOf(bin);
      if (low !== null && seen >= upper) return (low + valueOf(bin)) / 2;
    }
    return low;
  }

  /** Sparse: skewed count, then distance to the bin before and count of each bin. */
  toBytes(): Uint8Array {
    const numbers = [this.#skewed];
    let last = 0;
    for (const [bin, times] of this.#sorted()) {
      numbers.push(bin - last, times);
      last = bin;
    }
    return writeVarints(numbers);
  }

  #add(bin: number, times: number): void {
    const now = (this.#bins.get(bin) ?? 0) + times;
    if (now === 0) this.#bins.delete(bin);
    else this.#bins.set(bin, now);
    this.#count += times;
    this.#inOrder = null;
  }

  #sorted(): readonly (readonly [bin: number, times: number])[] {
    this.#inOrder ??= [...this.#bins].toSorted(([a], [b]) => a - b);
    return this.#inOrder;
  }
}
