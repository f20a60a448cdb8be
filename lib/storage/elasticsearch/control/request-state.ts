import type { Request } from "#lib/storage/requests.ts";

/** One that is not answered yet: who is at work on it, and how often that one has said that it lives. */
export interface OpenRequest {
  readonly id: string;
  readonly taker: string | null;
  readonly beat: number;
}

export interface RequestState {
  /** In the order asked. */
  readonly open: readonly OpenRequest[];
  /** The last of each kind, in the order asked. */
  readonly newest: readonly (readonly [kind: Request["kind"], id: string])[];
}

export const noRequests: RequestState = { open: [], newest: [] };
