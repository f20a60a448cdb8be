"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SuggestionRow } from "#components/search/suggestion-row.tsx";
import type { Suggestion } from "#components/search/suggestion.ts";

// ARIA's combobox pattern: no element of HTML is a list whose rows hold a glyph and words
const [listRole, optionRole] = ["listbox", "option"] as const;

export const optionId = (listId: string, place: number): string => `${listId}-${place}`;

/** The list under the search field. Moving the pointer over it moves what is active; pressing keeps the focus in the field. */
export const SuggestionList = ({
  id,
  isWide,
  status,
  suggestions,
  active,
  onActive,
  onLeave,
}: {
  readonly id: string;
  /** As wide as its field; else wider, for the small one in the bar. */
  readonly isWide: boolean;
  readonly status: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number | null;
  readonly onActive: (place: number | null) => void;
  readonly onLeave: () => void;
}): ReactNode => {
  const t = useTranslations("search");
  return (
    <div
      className={`popup absolute top-full right-0 z-20 mt-1.5 max-h-[min(60vh,480px)] overflow-auto p-1.5 max-wide:fixed max-wide:inset-x-4 max-wide:top-auto ${isWide ? "left-0" : "wide:w-140"}`}
    >
      <output className="block px-2.5 py-1.5 text-12 text-ink-3">{status}</output>
      <div id={id} role={listRole} aria-label={t("suggestions")}>
        {suggestions.map((suggestion, place) => (
          <Link
            key={`${suggestion.path} ${suggestion.kind === "hit" ? suggestion.hit.flow : ""}`}
            id={optionId(id, place)}
            role={optionRole}
            aria-selected={place === active}
            data-highlighted={place === active ? "" : undefined}
            className="menu-item"
            href={suggestion.path}
            prefetch={false}
            tabIndex={-1}
            onPointerMove={() => onActive(place)}
            onPointerLeave={() => onActive(null)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={onLeave}
          >
            <SuggestionRow suggestion={suggestion} />
          </Link>
        ))}
      </div>
    </div>
  );
};
