"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";

/** Shorter waits are not worth a word. */
const shownAfterMs = 300;
/** A page that has not come by then is no longer on its way; the browser says why. */
const longestMs = 30_000;

/** The address a click leads to in this window; null where it stays, leaves the console, or opens beside. */
function targetOf(event: MouseEvent): URL | null {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]:not([role=button])") : null;
  if (!(link instanceof HTMLAnchorElement) || link.hasAttribute("download")) return null;
  if (link.target !== "" && link.target !== "_self") return null;
  return new URL(link.href);
}

const leads = ({ origin, pathname, search }: URL): boolean => {
  const here = globalThis.location;
  return origin === here.origin && (pathname !== here.pathname || search !== here.search);
};

/**
 * A thin bar under the heading while a page is on its way for longer than a moment: after a link, a form, or the back button. It lies
 * over the page and moves nothing.
 */
export const LoadingBar = ({ label }: { readonly label: string }): ReactNode => {
  const path = usePathname();
  const search = useSearchParams().toString();
  const [leaving, setLeaving] = useState<string | null>(null);
  const [isSlow, setSlow] = useState(false);
  const here = `${path}?${search}`;
  const isLeaving = leaving === here;

  useEffect(() => {
    const leave = (): void => setLeaving(here);
    const stay = (): void => setLeaving(null);
    const click = (event: MouseEvent): void => {
      const target = targetOf(event);
      if (target !== null && leads(target)) leave();
    };
    const submit = (event: SubmitEvent): void => {
      if (!event.defaultPrevented && event.target instanceof HTMLFormElement && event.target.method === "get") leave();
    };
    // before React's own listeners, which prevent the default of links that they follow themselves
    const back = (): void => {
      const { pathname, search: query } = globalThis.location;
      if (`${pathname}?${new URLSearchParams(query).toString()}` !== here) leave();
    };
    document.addEventListener("click", click, true);
    document.addEventListener("submit", submit);
    globalThis.addEventListener("popstate", back);
    globalThis.addEventListener("pageshow", stay);
    return () => {
      document.removeEventListener("click", click, true);
      document.removeEventListener("submit", submit);
      globalThis.removeEventListener("popstate", back);
      globalThis.removeEventListener("pageshow", stay);
      stay();
    };
  }, [here]);

  useEffect(() => {
    if (!isLeaving) return undefined;
    const show = setTimeout(() => setSlow(true), shownAfterMs);
    const end = setTimeout(() => setLeaving(null), longestMs);
    return () => {
      clearTimeout(show);
      clearTimeout(end);
      setSlow(false);
    };
  }, [isLeaving]);

  return (
    <output className="loading-bar no-print" data-loading={isLeaving && isSlow}>
      {isLeaving && isSlow ? <span className="sr-only">{label}</span> : null}
    </output>
  );
};
