/** Pages of the in-console help, in the order they are listed. */
export const helpPages = [
  "overview",
  "record",
  "records",
  "look-up",
  "failures",
  "flows",
  "sources",
  "dead-letters",
  "settings",
  "start",
  "store",
  "words",
] as const;
export type HelpPage = (typeof helpPages)[number];

/** Which help belongs to a page of the console, by the beginning of its address. */
const places: readonly (readonly [beginning: string, page: HelpPage])[] = [
  ["/record/", "record"],
  ["/journeys", "records"],
  ["/search", "overview"],
  ["/look-up", "look-up"],
  ["/failures", "failures"],
  ["/flows", "flows"],
  ["/sources", "sources"],
  ["/dead-letters", "dead-letters"],
  ["/settings", "settings"],
  ["/tokens", "settings"],
  ["/users", "settings"],
  ["/audit", "settings"],
  ["/start", "start"],
  ["/help", "words"],
];

/** Address of the help for the page at this path. */
export const helpPathOf = (path: string): string =>
  `/help/${places.find(([beginning]) => path.startsWith(beginning))?.[1] ?? "overview"}`;

export const toHelpPage = (name: string): HelpPage | null => helpPages.find((page) => page === name) ?? null;
