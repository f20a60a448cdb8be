import { latenciesOf } from "#lib/latency/journey-latencies.ts";
import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import type { HopLatency, JourneyRow } from "#lib/storage/journey-index.ts";
import type { Series } from "#lib/storage/sqlite/series.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

const MINUTE_MS = 60_000;
/** Widths of the sketches that are kept, widest first. */
export const sketchWidths = [24 * 60 * MINUTE_MS, 60 * MINUTE_MS, 5 * MINUTE_MS] as const;

const isSame = (a: HopLatency, b: HopLatency): boolean =>
  a.hop === b.hop && a.at === b.at && a.latencyMs === b.latencyMs;

/** Latencies value by value and in sketches of three widths. A journey judged anew replaces what it had contributed. */
export class LatencyTable {
  readonly #series: Series;
  /** Sketches touched in this transaction, by series, width and start. */
  readonly #sketches = new Map<string, { series: number; width: number; at: number; sketch: LatencySketch }>();

  constructor(series: Series) {
    this.#series = series;
  }

  replace(file: SqliteFile, flow: string, old: JourneyRow | null, row: JourneyRow | null): void {
    const before = old === null ? [] : latenciesOf(old);
    const after = row === null ? [] : latenciesOf(row);
    const gone = before.filter((latency) => !after.some((kept) => isSame(kept, latency)));
    const added = after.filter((latency) => !before.some((kept) => isSame(kept, latency)));
    for (const latency of gone) this.#add(file, flow, latency, -1);
    for (const latency of added) this.#add(file, flow, latency, 1);
  }

  writeSketches(file: SqliteFile): void {
    for (const { series, width, at, sketch } of this.#sketches.values()) {
      if (sketch.isEmpty) {
        file.run("DELETE FROM latency_sketch WHERE series = ? AND width = ? AND at = ?", series, width, at);
      } else {
        file.run("INSERT OR REPLACE INTO latency_sketch VALUES (?, ?, ?, ?)", series, width, at, sketch.toBytes());
      }
    }
    this.#sketches.clear();
  }

  /** After a transaction that did not go through. */
  forget(): void {
    this.#sketches.clear();
  }

  #add(file: SqliteFile, flow: string, { hop, at, latencyMs }: HopLatency, times: 1 | -1): void {
    const series = this.#series.idOf(file, flow, hop);
    file.run(
      "INSERT INTO latency VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
      series,
      at,
      latencyMs,
      times,
    );
    if (times < 0) {
      file.run("DELETE FROM latency WHERE series = ? AND at = ? AND latency = ? AND count = 0", series, at, latencyMs);
    }
    for (const width of sketchWidths) this.#sketchAt(file, series, width, at).add(latencyMs, times);
  }

  #sketchAt(file: SqliteFile, series: number, width: number, time: number): LatencySketch {
    const at = Math.floor(time / width) * width;
    const place = `${series}/${width}/${at}`;
    const touched = this.#sketches.get(place);
    if (touched !== undefined) return touched.sketch;
    const row = file.get<{ sketch: Uint8Array }>(
      { sql: "SELECT sketch FROM latency_sketch WHERE series = ? AND width = ? AND at = ?" },
      series,
      width,
      at,
    );
    const sketch = row === undefined ? new LatencySketch() : LatencySketch.fromBytes(row.sketch);
    this.#sketches.set(place, { series, width, at, sketch });
    return sketch;
  }
}
