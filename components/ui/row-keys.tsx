"use client";

import { useEffect } from "react";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** A panel that is open has the keys for itself. */
const isTaken = (): boolean =>
  document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]:not([hidden])') !== null;

/** Single keys are turned off where a record's page does so. */
const isOff = (): boolean => {
  try {
    return localStorage.getItem("hopline.single-keys") === "off";
  } catch {
    return false;
  }
};

/** J and K go to the next and the previous row of the page's list, whose links are `.row-link`; Enter opens it. */
export const RowKeys = (): null => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      if ((key !== "j" && key !== "k") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isTyping(event.target) || isTaken() || isOff()) return;
      const rows = [...document.querySelectorAll<HTMLElement>("#main .row-link")];
      const at = rows.findIndex((row) => row === document.activeElement);
      const next = rows[key === "j" ? at + 1 : at < 0 ? rows.length - 1 : at - 1];
      if (next === undefined) return;
      next.focus();
      next.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return null;
};
