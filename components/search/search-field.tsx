"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { useTranslations } from "use-intl";
import { askSearch } from "#components/search/ask-search.ts";
import { usePrivateFound } from "#components/search/private-found.tsx";
import { useKeyText } from "#components/search/use-key-text.ts";
import { SuggestionRow } from "#components/search/suggestion-row.tsx";
import { useSuggestions } from "#components/search/use-suggestions.ts";
import { Icon } from "#components/ui/icon.tsx";
import {
  directPath,
  pathOfHit,
  recordPath,
  type LooseKey,
  type SearchAnswer,
  type SearchHit,
} from "#lib/search/search-answer.ts";

export type Suggestion =
  | { readonly kind: "hit"; readonly hit: SearchHit }
  | { readonly kind: "loose"; readonly loose: LooseKey };

const pathOf = (suggestion: Suggestion): string =>
  suggestion.kind === "hit" ? pathOfHit(suggestion.hit) : recordPath(suggestion.loose.type, suggestion.loose.value);

const suggestionsOf = (answer: SearchAnswer | null): readonly Suggestion[] =>
  answer === null
    ? []
    : [
        ...answer.hits.map((hit) => ({ kind: "hit" as const, hit })),
        ...answer.loose.map((loose) => ({ kind: "loose" as const, loose })),
      ];

/** The search field with its suggestions. What a private value found is kept in memory: it must not go into an address. */
export const SearchField = ({
  large = false,
  initial = "",
  inputRef,
}: {
  readonly large?: boolean;
  readonly initial?: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}): ReactNode => {
  const t = useTranslations("search");
  const router = useRouter();
  const { show: showPrivate } = usePrivateFound();
  const [text, setText] = useState(initial);
  const [isSent, setSent] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const keyText = useKeyText();
  const frame = useRef<HTMLLabelElement>(null);
  const { answer, isAsking, hasFailed: suggestFailed } = useSuggestions(isOpen ? text : "");

  useEffect(() => {
    // the page's one question: ready to be answered as soon as it is here
    if (large) inputRef.current?.focus({ preventScroll: true });
  }, [large, inputRef]);

  const send = async (): Promise<void> => {
    const sent = text.trim();
    if (sent === "" || isSent) return;
    setSent(true);
    setFailed(false);
    showPrivate(null);
    try {
      const found = await askSearch({ text: sent, whole: true });
      const direct = directPath(found);
      setOpen(false);
      if (direct !== null) router.push(direct);
      else if (found.isPrivate) {
        showPrivate(found);
        if (!large) router.push("/search");
      } else router.push(`/search?q=${encodeURIComponent(sent)}`);
    } catch {
      setFailed(true);
    }
    setSent(false);
  };

  const status = (): string => {
    if (hasFailed || suggestFailed) return t("failed");
    if (isAsking || answer === null) return t("searching");
    if (answer.hits.length + answer.loose.length === 0) {
      if (answer.isPrivate) return t("privateHint");
      return answer.isShort ? t("tooShort") : t("suggestionCount", { count: 0 });
    }
    const count = answer.hits.length + answer.loose.length;
    return t(answer.isCut ? "suggestionCut" : "suggestionCount", { count });
  };

  return (
    <Autocomplete.Root<Suggestion>
      items={suggestionsOf(answer)}
      mode="none"
      value={text}
      onValueChange={(value, { reason }) => {
        // choosing an item leads to its record; the field keeps what was typed
        if (reason !== "item-press") setText(value);
      }}
      open={isOpen && text.trim().length > 1}
      onOpenChange={setOpen}
      itemToStringValue={pathOf}
    >
      <search className="relative block w-full">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <label
            ref={frame}
            className={
              large
                ? "flex h-15 items-center gap-3 rounded-3 border-[1.5px] border-ink bg-ground px-4 text-ink-3 shadow-1 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus max-wide:h-14"
                : "flex h-[34px] items-center gap-2 rounded-2 border border-line-strong bg-ground px-2.5 text-ink-3 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus max-wide:h-11"
            }
          >
            <Icon name="search" size={large ? 20 : 16} />
            <span className="sr-only">{t("label")}</span>
            <Autocomplete.Input
              ref={inputRef}
              className={`min-w-0 flex-1 bg-transparent text-ink outline-none ${large ? "text-18" : "max-wide:text-16"}`}
              placeholder={large ? t("placeholder") : t("shortPlaceholder")}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              enterKeyHint="search"
              maxLength={600}
            />
            <kbd className="key-cap" aria-hidden="true">
              {keyText}
            </kbd>
          </label>
          {large && hasFailed ? (
            <p role="alert" className="mt-2 text-13 text-failed">
              {t("failed")}
            </p>
          ) : null}
        </form>
      </search>
      <Autocomplete.Portal>
        <Autocomplete.Positioner className="z-20 w-(--anchor-width)" sideOffset={6} align="start" anchor={frame}>
          <Autocomplete.Popup className="popup max-h-(--available-height) min-w-80 overflow-auto p-1.5 max-wide:min-w-[calc(100vw-32px)]">
            <Autocomplete.Status className="px-2.5 py-1.5 text-12 text-ink-3">{status()}</Autocomplete.Status>
            <Autocomplete.List aria-label={t("suggestions")}>
              {(suggestion: Suggestion) => (
                <Autocomplete.Item
                  key={JSON.stringify([pathOf(suggestion), suggestion.kind === "hit" ? suggestion.hit.flow : ""])}
                  value={suggestion}
                  className="menu-item"
                  onClick={() => {
                    setOpen(false);
                    router.push(pathOf(suggestion));
                  }}
                >
                  <SuggestionRow suggestion={suggestion} />
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
};
