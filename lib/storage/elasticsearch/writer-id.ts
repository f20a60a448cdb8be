/** 36^9 ms reach beyond the year 5000: all of one length, so that they sort by time as text. */
const timeDigits = 9;

/** Names one opening of the store: those made later sort behind those made before. `random` tells apart what is opened at the same moment. */
export const toWriterId = (openedAt: number, random: string): string =>
  `${Math.max(0, Math.floor(openedAt)).toString(36).padStart(timeDigits, "0")}-${random}`;
