/** Times and counts of one unit or of several together, as a journey's row tells them. */
export interface UnitTally {
  readonly startedAt: number;
  readonly lastEventAt: number;
  readonly newestIngestedAt: number;
  readonly eventsTotal: number;
  readonly backfill?: true;
}

export function tallyOf(units: readonly UnitTally[]): UnitTally {
  let [startedAt, lastEventAt, newestIngestedAt, eventsTotal] = [Infinity, -Infinity, -Infinity, 0];
  for (const unit of units) {
    startedAt = Math.min(startedAt, unit.startedAt);
    lastEventAt = Math.max(lastEventAt, unit.lastEventAt);
    newestIngestedAt = Math.max(newestIngestedAt, unit.newestIngestedAt);
    eventsTotal += unit.eventsTotal;
  }
  const isBackfill = units.every((unit) => unit.backfill === true);
  return { startedAt, lastEventAt, newestIngestedAt, eventsTotal, ...(isBackfill ? { backfill: true } : {}) };
}
