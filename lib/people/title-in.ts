import type { LocalText } from "#lib/people/people.ts";

/** A title in the reader's language, else in the other, else the id. */
export const titleIn = (title: LocalText | undefined, language: "en" | "zh", id: string): string =>
  (language === "zh" ? (title?.zh ?? title?.en) : (title?.en ?? title?.zh)) ?? id;
