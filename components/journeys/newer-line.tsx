"use client";

import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { useLive } from "#components/shell/use-live.ts";

/** Under load every second brings a change: the list is asked this often at most. */
const shortestMs = 5_000;

/** Our own route answers with this shape. */
const toNews = (body: unknown) =>
  body as { readonly newer: number; readonly isMore: boolean; readonly hasChanged: boolean };

/**
 * Says that the list would be another by now, and shows it when asked: rows never jump under somebody's hand. `more` and `most` hold
 * `{shown}` where the number goes.
 */
export const NewerLine = ({
  question,
  top,
  count,
  texts,
}: {
  readonly question: string;
  /** The first row shown; null where there is none. */
  readonly top: { readonly flow: string; readonly primary: string; readonly startedAt: number } | null;
  readonly count: number | null;
  readonly texts: {
    readonly one: string;
    readonly more: string;
    readonly most: string;
    readonly changed: string;
    readonly show: string;
    readonly stale: string;
  };
}): ReactNode => {
  const router = useRouter();
  const [text, setText] = useState<string | null>(null);
  const asked = JSON.stringify({ question, top, count });

  const ask = async (): Promise<void> => {
    try {
      const response = await fetch("/api/console/newer-journeys", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: asked,
        cache: "no-store",
      });
      if (!response.ok) return;
      const { newer, isMore, hasChanged } = toNews(await response.json());
      const said = isMore ? texts.most : newer === 1 ? texts.one : texts.more;
      setText(newer > 0 ? said.replace("{shown}", String(newer)) : hasChanged ? texts.changed : null);
    } catch {
      // asked again with the next change; where the console is not reached, the stream says so
    }
  };
  // nothing but this line changes: it disturbs nobody
  const liveness = useLive("/api/v1/stream", () => void ask(), { shortestMs, isGentle: false });

  return (
    <output className="text-13" data-newer={text === null ? "none" : "some"} data-live={liveness}>
      {liveness === "stale" ? <span className="mr-3 font-medium text-unknown">{texts.stale}</span> : null}
      {text === null ? null : (
        <span className="inline-flex items-center gap-3 font-medium">
          {text}
          <button type="button" className="link" onClick={() => router.refresh()}>
            {texts.show}
          </button>
        </span>
      )}
    </output>
  );
};
