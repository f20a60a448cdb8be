import type { JourneyQuery, JourneyRow } from "#lib/storage/journey-index.ts";

/** Whether a query asks for this row. Its flows, its key form and whom people closed are not looked at. */
export const isWanted = (row: JourneyRow, query: JourneyQuery): boolean => {
  const texts = [
    [query.step, row.step],
    [query.reason, row.reason],
    [query.errorClass, row.errorClass],
    [query.field, row.field],
    [query.system, row.system],
    [query.point, row.point],
    [query.signature, row.signature],
  ] as const;
  return (
    (query.states?.includes(row.state) ?? true) &&
    texts.every(([wanted, value]) => wanted === undefined || (wanted === value && row.reason !== null)) &&
    isWithin(row.startedAt, query.from, query.to) &&
    isWithin(row.since, query.sinceFrom, query.sinceTo)
  );
};

const isWithin = (time: number, from = -Infinity, to = Infinity): boolean => time >= from && time < to;
