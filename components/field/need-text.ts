import type { FieldNeed } from "#lib/record/record-answer.ts";
import type { View } from "#components/record/view.ts";

/** The schema's own words, which are English, as far as they are words: `15–20 characters`, `format date`. */
const inChinese: readonly (readonly [RegExp, string])[] = [
  [/ characters$/u, " 个字符"],
  [/ items$/u, " 项"],
  [/^format /u, "格式 "],
  [/^pattern /u, "格式 "],
  [/^string$/u, "文本"],
  [/^number$/u, "数字"],
  [/^integer$/u, "整数"],
  [/^boolean$/u, "是或否"],
  [/^object$/u, "对象"],
  [/^array$/u, "列表"],
];

const inWords = (part: string, view: View): string =>
  view.clock.language === "zh"
    ? inChinese.reduce((text, [words, chinese]) => text.replace(words, chinese), part)
    : part;

/** What the contract wants of a field: "required · 15–20 characters". That it is text goes without saying where more is asked. */
export function needText(need: FieldNeed | undefined, view: View): string {
  const t = view.fields;
  if (need === undefined) return t("notNeeded");
  const parts = need.expected.split(", ").filter((part) => part !== "");
  const telling = parts.length > 1 ? parts.filter((part) => part !== "string") : parts;
  return [t(need.required ? "required" : "optional"), ...telling.map((part) => inWords(part, view))].join(" · ");
}
