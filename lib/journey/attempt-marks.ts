/**
 * How many attempts there were, so that merging the same facts twice counts nothing twice: a sorted set of 32-bit marks of (source, id).
 * The smallest `maxMarks` are kept, which is the same set in whatever order events come; a count of `maxMarks` means "or more".
 * At that size two attempts share a mark about once in 130,000 such journeys. The mark guards nothing, so it need not be cryptographic (FNV-1a).
 */
export const maxMarks = 256;

export function markOf(source: string, id: string): number {
  let mark = 0x811c_9dc5;
  for (const text of [source, "\u0000", id]) {
    for (let i = 0; i < text.length; i += 1) mark = Math.imul(mark ^ text.charCodeAt(i), 0x0100_0193);
  }
  return mark >>> 0;
}
