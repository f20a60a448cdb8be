/** Every choice of the embedded event store, made. */
export interface EventStorageSettings {
  readonly directory: string;
  readonly now: () => number;
  readonly flushAfterMs: number;
  readonly cacheBytes: number;
  readonly eventsPerSegment: number;
  readonly keysPerPart: number;
}

export const fileNames = { state: "state.db", intake: "intake.db" } as const;
