/** Longer than any key may be: a number whose digits would not fit is cut here and rejected as too long afterwards. */
const maxZeros = 600;

const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * The decimal text of a JSON number as it was written: its digits stay (`1.0` is not `1`), an exponent is written out
 * (`1.5e3` is `1500`). `source` is a valid JSON number.
 */
export const toNumberText = (source: string): string => {
  const exponentAt = source.search(/[eE]/);
  if (exponentAt < 0) return source;
  const match = parts.exec(source);
  if (match === null) return source;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Math.max(-maxZeros, Math.min(maxZeros, Number(exponentText)));
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point >= digits.length) return sign + withoutLeadingZeros(digits + "0".repeat(point - digits.length));
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${withoutLeadingZeros(digits.slice(0, point))}.${digits.slice(point)}`;
};

const withoutLeadingZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, "");
