import { latenciesOf } from "#lib/latency/journey-latencies.ts";
import { LatencySketch } from "#lib/latency/latency-sketch.ts";
import { narrowestWidth, sketchWidths, spanStart } from "#lib/latency/sketch-span.ts";
import type { HopLatency, JourneyRow } from "#lib/storage/journey-index.ts";
import type { Series } from "#lib/storage/sqlite/series.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

interface Sketched {
  readonly series: number;
  readonly width: number;
  readonly at: number;
  readonly sketch: LatencySketch;
}

const isSame = (a: HopLatency, b: HopLatency): boolean =>
  a.hop === b.hop && a.at === b.at && a.latencyMs === b.latencyMs;

/** Latencies value by value and in sketches of three widths. A journey judged anew replaces what it had contributed. */
export class LatencyTable {
  readonly #series: Series;
  /** What this transaction adds and takes out, by series and start of the narrowest width: the wider ones are sums of it. */
  readonly #changes = new Map<
    string,
    { readonly series: number; readonly at: number; readonly change: LatencySketch }
  >();

  constructor(series: Series) {
    this.#series = series;
  }

  replace(file: SqliteFile, flow: string, old: JourneyRow | null, row: JourneyRow | null): void {
    const before = old === null ? [] : latenciesOf(old);
    const after = row === null ? [] : latenciesOf(row);
    for (const latency of before) if (!after.some((kept) => isSame(kept, latency))) this.#add(file, flow, latency, -1);
    for (const latency of after) if (!before.some((kept) => isSame(kept, latency))) this.#add(file, flow, latency, 1);
  }

  writeSketches(file: SqliteFile): void {
    for (const { series, width, at, sketch } of this.#changedSketches(file)) {
      if (sketch.isEmpty) {
        file.run("DELETE FROM latency_sketch WHERE series = ? AND width = ? AND at = ?", series, width, at);
      } else {
        file.run("INSERT OR REPLACE INTO latency_sketch VALUES (?, ?, ?, ?)", series, width, at, sketch.toBytes());
      }
    }
    this.#changes.clear();
  }

  /** After a transaction that did not go through. */
  forget(): void {
    this.#changes.clear();
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
    this.#changeAt(series, at).add(latencyMs, times);
  }

  #changeAt(series: number, time: number): LatencySketch {
    const at = spanStart(time, narrowestWidth);
    const place = `${series}/${at}`;
    const known = this.#changes.get(place);
    if (known !== undefined) return known.change;
    const change = new LatencySketch();
    this.#changes.set(place, { series, at, change });
    return change;
  }

  #changedSketches(file: SqliteFile): Iterable<Sketched> {
    const sketches = new Map<string, Sketched>();
    for (const { series, at: time, change } of this.#changes.values()) {
      for (const width of sketchWidths) {
        const at = spanStart(time, width);
        const place = `${series}/${width}/${at}`;
        const sketched = sketches.get(place) ?? { series, width, at, sketch: readSketch(file, series, width, at) };
        sketches.set(place, sketched);
        sketched.sketch.merge(change);
      }
    }
    return sketches.values();
  }
}

const readSketch = (file: SqliteFile, series: number, width: number, at: number): LatencySketch => {
  const row = file.get<{ sketch: Uint8Array }>(
    { sql: "SELECT sketch FROM latency_sketch WHERE series = ? AND width = ? AND at = ?" },
    series,
    width,
    at,
  );
  return row === undefined ? new LatencySketch() : LatencySketch.fromBytes(row.sketch);
};
