/** What failures can be counted by (DESIGN 4.3). */
export const failureGroups = ["flow", "system", "step", "class", "field", "point", "signature"] as const;
export type FailureGroup = (typeof failureGroups)[number];
