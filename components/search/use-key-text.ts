"use client";

import { useSyncExternalStore } from "react";

const never = (): (() => void) => () => {};
const isApple = (): boolean => /Mac|iPhone|iPad/u.test(navigator.userAgent);

/** What the keys for the search field are called on this device. */
export const useKeyText = (): string =>
  useSyncExternalStore(
    never,
    () => (isApple() ? "⌘K" : "Ctrl K"),
    () => "⌘K",
  );
