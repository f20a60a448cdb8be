/** Numbers that look irregular and are the same for the same seed and stream. */
export interface Random {
  /** In [0, 1). */
  fraction(): number;
  /** Whole, both ends included. */
  whole(low: number, high: number): number;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  chance(share: number): boolean;
}

const mix = (value: number): number => {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

/** One stream a case: what happens in a case does not depend on how many numbers others took. */
export function createRandom(seed: number, stream: number): Random {
  let state = mix(mix(seed + 0x9e3779b9) + Math.imul(stream + 1, 0x9e3779b1));
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mix(state) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    whole,
    pick: (values) => values[whole(0, values.length - 1)] ?? values[0],
    chance: (share) => fraction() < share,
  };
}
