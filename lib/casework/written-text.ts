export const longestReason = 500;
export const longestNote = 4_000;

/** What a person wrote, ready to be kept: without white space around it and control characters other than line breaks. */
export const toWrittenText = (text: string): string =>
  text
    .replaceAll(/\r\n?/gu, "\n")
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .trim();

/** Characters as people count them. */
export const writtenLength = (text: string): number => Array.from(text).length;
