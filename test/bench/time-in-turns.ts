interface Times {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** Times of both, ms, asked in turns after a twentieth that is not counted: whatever else the machine does meets both. */
export const timeInTurns = async (
  count: number,
  askFirst: (index: number) => Promise<unknown>,
  askSecond: (index: number) => Promise<unknown>,
): Promise<Times> => {
  const first: number[] = [];
  const second: number[] = [];
  const warmUp = Math.ceil(count / 20);
  for (let index = 0; index < count + warmUp; index += 1) {
    const begun = performance.now();
    await askFirst(index);
    const between = performance.now();
    await askSecond(index);
    if (index < warmUp) continue;
    first.push(between - begun);
    second.push(performance.now() - between);
  }
  return { first, second };
};
