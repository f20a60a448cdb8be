/** A turn at what one process at a time may do. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Greater with each change of holder: whoever shows a smaller one held it before. */
  readonly fence: number;
}

/**
 * Who may do what one process at a time may do, such as watching deadlines for all workers.
 *
 * - A holder keeps its lease by asking again. One that has not for `durationMs` loses it to the next who asks: measured by the asking
 *   process, from when it last saw the holder ask, so that clocks of different machines need not agree.
 * - A holder that was stopped and goes on may believe in its lease for a moment longer: what it writes then must be refused by the
 *   revision of what it read, or by its fence.
 */
export interface Leases {
  /** Takes the lease, or keeps it; null while another holds it. */
  hold(name: string, holder: string, durationMs: number): Promise<Lease | null>;
  /** Lets go, so that the next who asks has it at once; changes nothing where another holds it. */
  release(lease: Lease): Promise<void>;
}
