import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { EventJson } from "#lib/event/event-json.ts";

/** A block closes at so many events or bytes, whichever comes first: small enough to cut one event out in 0.1 ms. */
export const BLOCK_EVENTS = 64;
export const BLOCK_BYTES = 131_072;

const LENGTH_BYTES = 4;
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

let scratch = Buffer.allocUnsafe(BLOCK_BYTES * 2);

/** UTF-16 never grows by more than three bytes a unit in UTF-8. */
const roomFor = (lines: readonly EventJson[]): number =>
  lines.reduce((sum, line) => sum + line.length * 3 + LENGTH_BYTES, LENGTH_BYTES);

const write = (line: EventJson, at: number): number => {
  if (typeof line === "string") return scratch.write(line, at, "utf8");
  scratch.set(line, at);
  return line.length;
};

/** Count, length of each line in bytes, then the lines; compressed as one. */
export const packBlock = (lines: readonly EventJson[]): Uint8Array => {
  const room = roomFor(lines);
  if (room > scratch.length) scratch = Buffer.allocUnsafe(room);
  scratch.writeUInt32LE(lines.length, 0);
  let end = (lines.length + 1) * LENGTH_BYTES;
  for (const [place, line] of lines.entries()) {
    const written = write(line, end);
    scratch.writeUInt32LE(written, (place + 1) * LENGTH_BYTES);
    end += written;
  }
  return zstdCompressSync(scratch.subarray(0, end), options);
};

/** A block opened once; lines are cut out one by one, without parsing or decoding the others. */
export class EventBlock {
  readonly sizeBytes: number;
  readonly #bytes: Buffer;
  readonly #ends: Uint32Array;

  constructor(packed: Uint8Array) {
    this.#bytes = zstdDecompressSync(packed);
    this.sizeBytes = this.#bytes.length;
    const count = this.#bytes.readUInt32LE(0);
    this.#ends = new Uint32Array(count + 1);
    let end = (count + 1) * LENGTH_BYTES;
    this.#ends[0] = end;
    for (let place = 0; place < count; place += 1) {
      end += this.#bytes.readUInt32LE((place + 1) * LENGTH_BYTES);
      this.#ends[place + 1] = end;
    }
  }

  get count(): number {
    return this.#ends.length - 1;
  }

  line(place: number): string {
    return this.#bytes.toString("utf8", this.#ends[place], this.#ends[place + 1]);
  }
}
