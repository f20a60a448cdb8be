import type { AcceptItem, FailedEvent } from "#lib/storage/event-log.ts";

/** What the failures page counts of an event as it is accepted: one for each step it was at, none where it did not fail. */
export const failedEventsOf = ({ event, matches }: AcceptItem): readonly FailedEvent[] =>
  event.outcome !== "failed"
    ? []
    : matches.map(({ flow, step, primary, signature }) => ({
        flow,
        step,
        ...(event.system === undefined ? {} : { system: event.system }),
        errorClass: event.error?.class ?? "unknown",
        ...(event.error?.field === undefined ? {} : { field: event.error.field }),
        ...(event.point === undefined ? {} : { point: event.point }),
        signature: signature ?? "",
        eventTime: event.eventTime,
        ...(primary === undefined ? {} : { primary }),
      }));
