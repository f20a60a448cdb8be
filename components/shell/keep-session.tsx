"use client";

import { useEffect, type ReactNode } from "react";

const everyMs = 5 * 60_000;

/** Tells the console now and then that somebody is at work: a session ends by itself only when nobody is. */
export const KeepSession = (): ReactNode => {
  useEffect(() => {
    let lastAt = performance.now();
    const tell = (): void => {
      if (performance.now() - lastAt < everyMs) return;
      lastAt = performance.now();
      // next-auth renews the cookie with its answer; a failure shows at the next page
      fetch("/api/auth/session", { cache: "no-store" }).catch(() => {});
    };
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, tell, { passive: true });
    return () => {
      for (const name of ["pointerdown", "keydown"]) document.removeEventListener(name, tell);
    };
  }, []);
  return null;
};
