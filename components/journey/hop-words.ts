import type { View } from "#components/record/view.ts";
import type { PlacedLink } from "#components/journey/layout.ts";

/** What stands on the line of a hop: what it took or what became of it, then the limit. Either may be missing. */
export interface HopWords {
  readonly main: string | null;
  readonly limit: string | null;
  /** Time taken: in ink, with "of"; otherwise in the colour of the line. */
  readonly isTime: boolean;
}

export function hopWords({ line, time }: PlacedLink, view: View): HopWords {
  const { journey: t, duration, clock } = view;
  const allowed = time.allowedMs === undefined ? null : duration(time.allowedMs);
  const limit = allowed === null ? null : t("limit", { allowed });
  if (time.skewed) return { main: t("line.skewed"), limit, isTime: false };
  if (time.takenMs !== undefined) {
    const of =
      allowed === null ? null : clock.language === "zh" ? `/ ${t("taken", { allowed })}` : t("taken", { allowed });
    return { main: duration(time.takenMs), limit: of, isTime: true };
  }
  switch (line) {
    case "cut":
    case "failed":
    case "dotted":
    case "passed":
      return { main: t(`line.${line}`), limit, isTime: false };
    case "thin":
      if (time.soFarMs === undefined) return { main: t("line.thin"), limit, isTime: false };
      return { main: t("line.soFar", { duration: duration(time.soFarMs) }), limit, isTime: false };
    case "waiting":
    case "solid":
    case "late":
      return { main: null, limit, isTime: false };
  }
}

/** On the phone what became of a hop stands in words at its stop: here only its time or its limit. */
export function hopLine(link: PlacedLink, view: View): string {
  const isTold = link.line === "cut" || link.line === "failed" || link.line === "dotted" || link.line === "passed";
  return isTold ? (hopWords(link, view).limit ?? "") : hopText(link, view);
}

/** The same as one text, for ears. */
export function hopText(link: PlacedLink, view: View): string {
  const { main, limit, isTime } = hopWords(link, view);
  const parts = [main, limit].filter((part) => part !== null);
  return parts.join(isTime ? " " : " · ");
}
