"use client";

import { useSyncExternalStore } from "react";

const changed = "hopline:single-keys";

type Keep = (isOn: boolean) => Promise<void>;

/** As the account has it; every page brings it along. */
let isOnNow = true;
let keep: Keep = async () => undefined;

const become = (isOn: boolean): void => {
  if (isOn === isOnNow) return;
  isOnNow = isOn;
  globalThis.dispatchEvent(new Event(changed));
};

/** Whether single keys do anything; turned off, only combinations with Ctrl or ⌘ do. */
export const areSingleKeysOn = (): boolean => isOnNow;

/** Takes over what the account has, and how it is kept there. */
export const adoptSingleKeys = (isOn: boolean, save: Keep): void => {
  keep = save;
  become(isOn);
};

/** Holds at once, and as before again where it could not be kept. */
export const turnSingleKeys = (isOn: boolean): void => {
  become(isOn);
  keep(isOn).catch(() => become(!isOn));
};

const follow = (listener: () => void): (() => void) => {
  globalThis.addEventListener(changed, listener);
  return () => globalThis.removeEventListener(changed, listener);
};

export const useSingleKeys = (): boolean => useSyncExternalStore(follow, areSingleKeysOn, () => true);

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** A menu, list or dialog that is open has the keys for itself. */
export const areKeysTaken = (): boolean =>
  document.querySelector('dialog[open], [role="dialog"], [role="menu"], [role="listbox"]:not([hidden])') !== null;
