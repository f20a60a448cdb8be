"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";
import { watchStream } from "#components/record/watch-stream.ts";

/** Lengths that grow ("3 h overdue") are told anew this often while somebody looks. */
const renewMs = 60_000;

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
  readonly texts: { readonly on: string; readonly stale: string; readonly changed: string };
}): ReactNode => {
  const router = useRouter();
  const [isStale, setStale] = useState(false);
  const [first] = useState(verdict);
  const hasChanged = first !== verdict;

  useEffect(() => watchStream(streamUrl, { onChange: () => router.refresh(), onStale: setStale }), [router, streamUrl]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, renewMs);
    const look = (): void => {
      if (!document.hidden) router.refresh();
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [router]);

  return (
    <output className="no-print text-13" data-live={isStale ? "stale" : "on"} data-as-of={asOf}>
      {isStale ? (
        <span className="font-medium text-unknown">{texts.stale}</span>
      ) : hasChanged ? (
        <span className="text-ink-2">{texts.changed}</span>
      ) : (
        <span className="text-ink-3">{texts.on}</span>
      )}
    </output>
  );
};
