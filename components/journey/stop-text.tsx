import type { ReactNode } from "react";
import type { PlacedStop } from "#components/journey/layout.ts";
import type { StopState } from "#components/journey/line-kind.ts";
import type { StopWords } from "#components/journey/stop-words.ts";

/** A ground means "broken here first" or "can't tell here", nothing else. */
export function groundOf(stop: PlacedStop): string | null {
  if (stop.state === "unknown") return "border-dashed border-unknown bg-unknown-soft";
  if (!stop.first) return null;
  return stop.state === "failed" ? "border-failed bg-failed-soft" : "border-overdue bg-overdue-soft";
}

const tones: Partial<Record<StopState, string>> = {
  late: "text-late",
  overdue: "text-overdue",
  failed: "text-failed",
  unknown: "text-unknown",
};

/** The lines under a stop's name. On a ground they are in ink: the ground says enough. */
export const StopLines = ({ stop, words }: { readonly stop: PlacedStop; readonly words: StopWords }): ReactNode => {
  const onGround = groundOf(stop) !== null;
  const strong = onGround ? "text-ink" : (tones[stop.state] ?? "text-ink-2");
  return words.lines.map((line, index) => (
    <p
      key={index}
      className={`text-13 break-words ${line.strong === true ? `font-bold ${strong}` : ""} ${line.hot === true ? "font-bold text-overdue" : ""}`}
    >
      {line.text}
    </p>
  ));
};
