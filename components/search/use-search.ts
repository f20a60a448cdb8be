"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { askSearch } from "#components/search/ask-search.ts";
import { usePrivateFound } from "#components/search/private-found.tsx";
import { directPath } from "#lib/search/search-answer.ts";

export interface Search {
  readonly hasFailed: boolean;
  /** Sends the text off: to the record, to the list of matches, or for a private value to what it found, shown without an address. */
  readonly send: (text: string) => Promise<void>;
}

/** `staysHere`: the page shows what a private value found itself. */
export const useSearch = (staysHere: boolean): Search => {
  const router = useRouter();
  const { show } = usePrivateFound();
  const [isSent, setSent] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const send = async (text: string): Promise<void> => {
    if (text === "" || isSent) return;
    setSent(true);
    setFailed(false);
    show(null);
    try {
      const found = await askSearch({ text, whole: true });
      const direct = directPath(found);
      if (direct !== null) router.push(direct);
      else if (!found.isPrivate) router.push(`/search?q=${encodeURIComponent(text)}`);
      else {
        show(found);
        if (!staysHere) router.push("/search");
      }
    } catch {
      setFailed(true);
    }
    setSent(false);
  };
  return { hasFailed, send };
};
