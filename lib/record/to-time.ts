/** RFC 3339 UTC with milliseconds, as every answer writes a moment. */
export const toTime = (ms: number): string => new Date(ms).toISOString();
