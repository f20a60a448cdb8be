"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";

const everyMs = 5_000;

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
  };
}): ReactNode => {
  const router = useRouter();
  const [text, setText] = useState<string | null>(null);
  const asked = JSON.stringify({ question, top, count });

  useEffect(() => {
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (document.hidden) return;
      try {
        const response = await fetch("/api/console/newer-journeys", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: asked,
          cache: "no-store",
        });
        if (!response.ok || isOver) return;
        const { newer, isMore, hasChanged } = toNews(await response.json());
        const said = isMore ? texts.most : newer === 1 ? texts.one : texts.more;
        setText(newer > 0 ? said.replace("{shown}", String(newer)) : hasChanged ? texts.changed : null);
      } catch {
        // the bar above says that the console is not reached
      }
    };
    const timer = setInterval(() => void ask(), everyMs);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [asked, texts]);

  return (
    <output className="text-13" data-newer={text === null ? "none" : "some"}>
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
