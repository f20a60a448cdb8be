/**
 * What a segment's indexes are made of: a 34-bit hash and the event's number in its segment in one whole double,
 * so that a typed array of them sorts by hash, then by arrival.
 */
export const EVENTS_PER_SEGMENT_LIMIT = 524_288;

export const toEntry = (hash: number, event: number): number => hash * EVENTS_PER_SEGMENT_LIMIT + event;

export const hashOf = (entry: number): number => Math.floor(entry / EVENTS_PER_SEGMENT_LIMIT);

export const eventOf = (entry: number): number => entry % EVENTS_PER_SEGMENT_LIMIT;

export const toBytes = (entries: Float64Array): Uint8Array =>
  new Uint8Array(entries.buffer, entries.byteOffset, entries.byteLength);

/** Bytes as SQLite hands them out begin a buffer of their own; others are copied into alignment. */
export const toEntries = (bytes: Uint8Array): Float64Array =>
  bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0
    ? new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Float64Array.BYTES_PER_ELEMENT)
    : new Float64Array(bytes.slice().buffer);

/** First place in sorted entries that is not below `entry`. */
export const lowerBound = (entries: Float64Array, entry: number): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] ?? Infinity) < entry) low = middle + 1;
    else high = middle;
  }
  return low;
};
