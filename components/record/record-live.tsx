"use client";

import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { useLive } from "#components/shell/use-live.ts";

/** A record rarely changes twice at once: what somebody waits for is there at once. */
const shortestMs = 1_000;

/**
 * Follows the record: the page is read again when the record would be answered differently. Says so when it can't, and keeps
 * showing what it had. The texts come from the server, told as of the page that is shown.
 */
export const RecordLive = ({
  streamUrl,
  verdict,
  asOf,
  texts,
}: {
  readonly streamUrl: string;
  /** Names state and reason; when it is another one, the change is announced. */
  readonly verdict: string;
  /** When the page was judged; each reading has another. */
  readonly asOf: string;
  readonly texts: { readonly on: string; readonly held: string; readonly stale: string; readonly changed: string };
}): ReactNode => {
  const router = useRouter();
  const [first] = useState(verdict);
  const liveness = useLive(streamUrl, () => router.refresh(), { shortestMs, isGentle: true });

  return (
    <output className="no-print text-13" data-live={liveness} data-as-of={asOf}>
      {liveness !== "on" ? (
        <span className={liveness === "stale" ? "font-medium text-unknown" : "text-ink-2"}>{texts[liveness]}</span>
      ) : first !== verdict ? (
        <span className="text-ink-2">{texts.changed}</span>
      ) : (
        <span className="text-ink-3">{texts.on}</span>
      )}
    </output>
  );
};
