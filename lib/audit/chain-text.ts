interface Told {
  readonly at: number;
  readonly by: string;
  readonly action: string;
  readonly object: string;
  readonly result: string;
}

/** What the hash of an entry stands over: itself, its place, and the hash before it (empty for the first). `detail` as it is kept, JSON. */
export const chainText = (
  previous: string,
  process: string,
  sequence: number,
  { at, by, action, object, result }: Told,
  detail: string | null,
): string => JSON.stringify([previous, process, sequence, at, by, action, object, result, detail]);
