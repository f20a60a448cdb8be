/** DESIGN 4.1, Limits. The inflated body's own limit stands where bodies are read. */
export const hopLimits = {
  eventsPerRequest: 10_000,
  eventBytes: 2 ** 20,
} as const;
