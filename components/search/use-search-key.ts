"use client";

import { useEffect, type RefObject } from "react";
import { areSingleKeysOn, isTyping } from "#components/ui/single-keys.ts";

/** ⌘K or Ctrl K anywhere, and / outside of fields, go to the search field. */
export const useSearchKey = (input: RefObject<HTMLInputElement | null>): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const isCombination = (event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === "k";
      const isSlash =
        event.key === "/" &&
        areSingleKeysOn() &&
        !event.metaKey &&
        !event.ctrlKey &&
        !event.altKey &&
        !isTyping(event.target);
      if (!isCombination && !isSlash) return;
      const field = input.current;
      if (field === null || field.offsetParent === null) return;
      event.preventDefault();
      field.focus();
      field.select();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [input]);
};
