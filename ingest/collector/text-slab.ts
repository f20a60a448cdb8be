/** Texts as UTF-8, outside of the heap: texts of a kilobyte that live for hundreds of events are most of what the garbage collector would move. */
export interface TextSlab {
  /** Holds until `clear`. */
  hold(text: string): Uint8Array;
  clear(): void;
}

/** Room for the texts of one accept; more comes and goes with what needs it. */
const ordinaryBytes = 2 ** 20;

export function createTextSlab(): TextSlab {
  const ordinary = Buffer.allocUnsafeSlow(ordinaryBytes);
  let slab = ordinary;
  let used = 0;
  return {
    hold(text) {
      // A UTF-16 unit is one to three bytes of UTF-8.
      if (text.length * 3 > slab.length - used) {
        const needed = Buffer.byteLength(text);
        if (needed > slab.length - used) {
          slab = Buffer.allocUnsafeSlow(Math.max(ordinaryBytes, needed));
          used = 0;
        }
      }
      const from = used;
      used += slab.write(text, from, "utf8");
      return slab.subarray(from, used);
    },
    clear() {
      slab = ordinary;
      used = 0;
    },
  };
}
