export const dayMs = 86_400_000;

/** Retention works by day of the newest arrival, so that a row seen again on the same day needs no new index entry. */
export const keptDayOf = (arrivedAt: number): number => Math.floor(arrivedAt / dayMs);
