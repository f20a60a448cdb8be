"use client";

import { useSyncExternalStore } from "react";

interface Pasted {
  readonly text: string;
  /** Grows with every paste: what came at once is looked up at once, what is typed waits for the button. */
  readonly arrival: number;
}

const place = "hopline.look-up";
const nothing: Pasted = { text: "", arrival: 0 };
const listeners = new Set<() => void>();
let pasted: Pasted | null = null;

const kept = (): string => {
  try {
    return sessionStorage.getItem(place) ?? "";
  } catch {
    return "";
  }
};

/** Keeps what was pasted or typed in this tab alone: it may hold a phone number and never stands in an address. */
export const keepPasted = (text: string, isPaste: boolean): void => {
  const before = pasted ?? nothing;
  pasted = { text, arrival: before.arrival + (isPaste ? 1 : 0) };
  try {
    sessionStorage.setItem(place, text);
  } catch {
    // no storage here: it lasts as long as the page
  }
  for (const listener of listeners) listener();
};

const read = (): Pasted => {
  if (pasted === null) {
    const text = kept();
    pasted = { text, arrival: text === "" ? 0 : 1 };
  }
  return pasted;
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePasted = (): Pasted => useSyncExternalStore(subscribe, read, () => nothing);
