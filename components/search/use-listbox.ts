"use client";

import { useState, type KeyboardEvent } from "react";

export interface Listbox {
  /** Place of the option that the arrows are on; null: none, Enter sends the text. */
  readonly active: number | null;
  readonly setActive: (place: number | null) => void;
  /** Handles the keys of a combobox; true where the key was one of them. */
  readonly handleKey: (
    event: KeyboardEvent,
    list: { readonly count: number; readonly choose: (place: number) => void },
  ) => void;
}

/** The arrow keys of a list under a field (ARIA's combobox pattern): the focus stays in the field. */
export const useListbox = (close: () => void): Listbox => {
  const [active, setActive] = useState<number | null>(null);
  const step = (count: number, by: 1 | -1): void => {
    // one place more than options: the field itself, where nothing is active
    const next = ((active ?? -1) + 1 + by + count + 1) % (count + 1);
    setActive(next === 0 ? null : next - 1);
  };
  return {
    active,
    setActive,
    handleKey(event, { count, choose }) {
      if (event.nativeEvent.isComposing) return;
      if (event.key === "Escape") {
        setActive(null);
        close();
      } else if (count > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        step(count, event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && active !== null && active < count) {
        event.preventDefault();
        choose(active);
      }
    },
  };
};
