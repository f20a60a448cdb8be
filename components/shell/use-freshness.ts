"use client";

import { useEffect, useState } from "react";
import type { Freshness } from "#lib/source/freshness.ts";

const everyMs = 5_000;

/** Our own route answers with this shape. */
const toFreshness = (body: unknown): Freshness => body as Freshness;

/** Freshness as it was when the page was made, then every few seconds while the page is looked at. `lost`: who does not answer. */
export const useFreshness = (
  initial: Freshness,
): { readonly freshness: Freshness; readonly lost: "console" | "store" | null } => {
  const [asked, setAsked] = useState(initial);
  const [lost, setLost] = useState<"console" | "store" | null>(null);
  useEffect(() => {
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (document.hidden) return;
      try {
        const response = await fetch("/api/console/freshness", { cache: "no-store" });
        if (response.status === 401) globalThis.location.reload();
        if (response.status === 503) {
          if (!isOver) setLost("store");
          return;
        }
        if (!response.ok) throw new Error(`Freshness answered ${response.status}.`);
        const answer = toFreshness(await response.json());
        if (isOver) return;
        setAsked(answer);
        setLost(null);
      } catch {
        if (!isOver) setLost("console");
      }
    };
    const timer = setInterval(() => void ask(), everyMs);
    const look = (): void => void ask();
    document.addEventListener("visibilitychange", look);
    return () => {
      isOver = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  // a page that was read again brings what is newer
  return { freshness: asked.asOf < initial.asOf ? initial : asked, lost };
};
