"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again now and then while somebody looks, and when they come back to it. */
export const RefreshEvery = ({ ms }: { readonly ms: number }): null => {
  const router = useRouter();
  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) router.refresh();
    };
    const timer = setInterval(look, ms);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [ms, router]);
  return null;
};
