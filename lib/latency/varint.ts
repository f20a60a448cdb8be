const MORE = 0x80;
const SEVEN_BITS = 0x7f;

/** Whole numbers from 0 up, seven bits a byte, lowest first. */
export const writeVarints = (numbers: readonly number[]): Uint8Array => {
  const bytes: number[] = [];
  for (const number of numbers) {
    let left = number;
    while (left > SEVEN_BITS) {
      bytes.push((left % MORE) + MORE);
      left = Math.floor(left / MORE);
    }
    bytes.push(left);
  }
  return Uint8Array.from(bytes);
};

export const readVarints = (bytes: Uint8Array): number[] => {
  const numbers: number[] = [];
  let number = 0;
  let scale = 1;
  for (const byte of bytes) {
    number += (byte & SEVEN_BITS) * scale;
    scale *= MORE;
    if (byte >= MORE) continue;
    numbers.push(number);
    number = 0;
    scale = 1;
  }
  return numbers;
};
