/** Work that another process asks of the worker. */
export interface Request {
  readonly id: string;
  readonly kind: "backup" | "redrive" | "rejudge" | "reload_flows" | "load_sample" | "remove_sample";
  readonly input: Readonly<Record<string, unknown>>;
  readonly by: string;
  readonly createdAt: number;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly output: Readonly<Record<string, unknown>> | null;
}

export interface Requests {
  add(request: Pick<Request, "kind" | "input" | "by" | "createdAt">): Promise<Request>;
  /**
   * Takes the oldest waiting one, marking it running; null where there is none. Each is given to one. What a dead worker left running counts
   * as waiting: on one machine when the next worker opens the store; in a cluster when nothing was heard of it for 10 s, or when it closed.
   */
  take(): Promise<Request | null>;
  /** By whom it was given to: StorageError `conflict` where another has it by now, or nobody. */
  finish(id: string, state: "done" | "failed", output: Readonly<Record<string, unknown>>): Promise<void>;
  find(id: string): Promise<Request | null>;
  /** The one asked last among these kinds, answered or not; answered ones are kept for 30 days. */
  findNewest(kinds: readonly Request["kind"][]): Promise<Request | null>;
}
