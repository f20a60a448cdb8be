/** How long the hop of a flow that is nearest to its limit takes. Names in the reader's language. */
export interface HopHealth {
  /** null: from the start of the journey. */
  readonly fromName: string | null;
  readonly stepName: string;
  readonly limitMs: number;
  /** Over the whole time looked at. */
  readonly p95Ms: number;
  readonly count: number;
  /** p95 an hour, oldest first; null where nothing arrived in that hour. */
  readonly hours: readonly (number | null)[];
}

/** A flow since the day began, in the reader's zone. */
export interface FlowToday {
  readonly entered: number;
  /** Of those: completed, in time or late. */
  readonly completed: number;
}
