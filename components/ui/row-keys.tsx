"use client";

import { useEffect } from "react";
import { areKeysTaken, areSingleKeysOn, isTyping } from "#components/ui/single-keys.ts";

/** J and K go to the next and the previous row of the page's list, whose links are `.row-link`; Enter opens it. */
export const RowKeys = (): null => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      if ((key !== "j" && key !== "k") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isTyping(event.target) || areKeysTaken() || !areSingleKeysOn()) return;
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
