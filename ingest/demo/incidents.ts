export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What went wrong in the company, and when; epoch ms. Records are told apart by their start. */
export interface Incidents {
  /** The first record starts here. */
  readonly historyFrom: number;
  /** The queue before ERP lags by half an hour; the release at the end of it brings it under 5 s. */
  readonly slowQueue: Span;
  /** Purchases requested in one burst never reach ERP; no other purchase is due near them. */
  readonly erpOutage: Span;
  /** Since a mapping of this release invoice dates come with the day first. */
  readonly mappingChange: Span;
  /** A canary of the CRM export leaves the tax number empty from here on. */
  readonly crmRelease: number;
  /** The warehouse takes orders from its queue and works on none; in the first part it does not even take them. */
  readonly pickingStopped: Span;
  readonly pickingReceives: number;
  /** The goods-in scanner says nothing any more. */
  readonly scannerSilent: number;
  /** Finance has closed a posting period of one company code. */
  readonly periodClosed: number;
}

/** Seen from the moment that the company is looked at: deadlines of every incident are then long over, or still far off. */
export const incidentsAt = (asOf: number): Incidents => ({
  historyFrom: asOf - 26 * hour,
  slowQueue: { from: asOf - 14 * hour, to: asOf - 10 * hour },
  erpOutage: { from: asOf - 17 * hour, to: asOf - 17 * hour + 2 * minute },
  mappingChange: { from: asOf - 9 * hour, to: asOf - 5.5 * hour },
  crmRelease: asOf - 6 * hour,
  pickingStopped: { from: asOf - 5.5 * hour, to: asOf - 4.5 * hour },
  pickingReceives: asOf - 5.25 * hour,
  scannerSilent: asOf - 4 * hour,
  periodClosed: asOf - 3 * hour,
});

export const isWithin = (at: number, { from, to }: Span): boolean => at >= from && at < to;
