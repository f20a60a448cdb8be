import { lineTexts, type LineWords } from "#components/look-up/line-texts.ts";
import { toCsv } from "#lib/csv/to-csv.ts";
import type { LookUpLine } from "#lib/search/look-up-line.ts";
import { durationText } from "#lib/time-text/duration-text.ts";
import { fullTimeText } from "#lib/time-text/time-text.ts";

/** The lines as a file for a spreadsheet; links lead back to the records. */
export const linesFile = (lines: readonly LookUpLine[], words: LineWords, publicUrl: string): string => {
  const { lookUp: t, clock } = words;
  const columns = [
    t("number"),
    t("state"),
    t("flow"),
    t("record"),
    t("where"),
    t("why"),
    `${t("due")} (${clock.timeZone})`,
    t("late"),
    t("sentence"),
    t("link"),
  ];
  return toCsv(
    columns,
    lines.map((line) => {
      const { state, where, why } = lineTexts(line, words);
      const { record } = line;
      return [
        line.shown,
        state,
        record?.flowName,
        record?.primary,
        where,
        why,
        record === null || record.dueAt === null ? null : fullTimeText(record.dueAt, clock.timeZone),
        record === null || record.lateByMs === null ? null : durationText(record.lateByMs, clock.language),
        record?.summary,
        record === null || record.path === null ? null : publicUrl + record.path,
      ];
    }),
  );
};
