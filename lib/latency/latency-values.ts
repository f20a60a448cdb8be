import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { percentileOf } from "#lib/latency/percentile.ts";
import { readVarints, writeVarints } from "#lib/latency/varint.ts";

/** How often which latency was seen, value by value: for exact percentiles. Merging is adding. */
export class LatencyValues {
  readonly #times = new Map<number, number>();
  #total = 0;

  static fromBytes(bytes: Uint8Array): LatencyValues {
    const values = new LatencyValues();
    const numbers = readVarints(bytes);
    let latency = -(numbers[0] ?? 0);
    for (let at = 1; at + 1 < numbers.length; at += 2) {
      latency += numbers[at] ?? 0;
      values.add(latency, numbers[at + 1] ?? 0);
    }
    return values;
  }

  /** Negative latencies too. */
  get total(): number {
    return this.#total;
  }

  add(latencyMs: number, times = 1): void {
    this.#times.set(latencyMs, (this.#times.get(latencyMs) ?? 0) + times);
    this.#total += times;
  }

  merge(other: LatencyValues): void {
    for (const [latency, times] of other.#times) this.add(latency, times);
  }

  toSketch(): LatencySketch {
    const sketch = new LatencySketch();
    for (const [latency, times] of this.#times) sketch.add(latency, times);
    return sketch;
  }

  /** Negative ones are counted apart. */
  measure(): {
    readonly count: number;
    readonly skewedCount: number;
    readonly p50Ms: number | null;
    readonly p95Ms: number | null;
    readonly p99Ms: number | null;
  } {
    const sorted: number[] = [];
    for (const [latency, times] of this.#sorted()) {
      if (latency < 0) continue;
      for (let time = 0; time < times; time += 1) sorted.push(latency);
    }
    return {
      count: sorted.length,
      skewedCount: this.#total - sorted.length,
      p50Ms: percentileOf(sorted, 0.5),
      p95Ms: percentileOf(sorted, 0.95),
      p99Ms: percentileOf(sorted, 0.99),
    };
  }

  /** The smallest as a number below nought, then distance to the value before and count of each. Latencies are whole milliseconds. */
  toBytes(): Uint8Array {
    const sorted = this.#sorted();
    const smallest = Math.min(0, sorted[0]?.[0] ?? 0);
    const numbers = [-smallest];
    let last = smallest;
    for (const [latency, times] of sorted) {
      numbers.push(latency - last, times);
      last = latency;
    }
    return writeVarints(numbers);
  }

  #sorted(): readonly (readonly [latency: number, times: number])[] {
    return [...this.#times].toSorted(([a], [b]) => a - b);
  }
}
