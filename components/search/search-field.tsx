"use client";

import { useRouter } from "next/navigation";
import { useEffect, useId, useState, type ReactNode, type RefObject } from "react";
import { useTranslations } from "use-intl";
import { keepPasted } from "#components/look-up/pasted-text.ts";
import { optionId, SuggestionList } from "#components/search/suggestion-list.tsx";
import { suggestionsOf } from "#components/search/suggestion.ts";
import { useKeyText } from "#components/search/use-key-text.ts";
import { useListbox } from "#components/search/use-listbox.ts";
import { useSearch } from "#components/search/use-search.ts";
import { useSuggestions, type Suggestions } from "#components/search/use-suggestions.ts";
import { Icon } from "#components/ui/icon.tsx";
import { pickKeys } from "#lib/key/pick-keys.ts";
import { maxLookUpKeys } from "#lib/search/look-up-line.ts";

const frames = {
  large: "h-15 gap-3 rounded-3 border-[1.5px] border-ink px-4 shadow-1 focus-within:outline-offset-2 max-wide:h-14",
  small: "h-[34px] gap-2 rounded-2 border border-line-strong px-2.5 focus-within:outline-offset-1 max-wide:h-11",
};

/** What the list says of itself, aloud too. */
const useStatus = ({ answer, isAsking, hasFailed }: Suggestions, sendFailed: boolean): string => {
  const t = useTranslations("search");
  if (hasFailed || sendFailed) return t("failed");
  if (isAsking || answer === null) return t("searching");
  const count = answer.hits.length + answer.loose.length;
  if (count === 0 && answer.isPrivate) return t("privateHint");
  if (count === 0 && answer.isShort) return t("tooShort");
  return t(answer.isCut ? "suggestionCut" : "suggestionCount", { count });
};

/**
 * The search field with its suggestions: a combobox by ARIA's pattern, written here because a library's weighs a quarter of a page.
 * What a private value found is kept in memory: it must not go into an address.
 */
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
  const keyText = useKeyText();
  const listId = useId();
  const [text, setText] = useState(initial);
  const [isOpen, setOpen] = useState(false);
  const { active, setActive, handleKey } = useListbox(() => setOpen(false));
  const { hasFailed, send } = useSearch(large);
  const found = useSuggestions(isOpen ? text : "");
  const status = useStatus(found, hasFailed);
  const suggestions = suggestionsOf(found.answer);
  const isShown = isOpen && text.trim().length > 1;

  useEffect(() => {
    // the page's one question: ready to be answered as soon as it is here
    if (large) inputRef.current?.focus({ preventScroll: true });
  }, [large, inputRef]);

  const choose = (place: number): void => {
    const chosen = suggestions[place];
    if (chosen === undefined) return;
    setOpen(false);
    setActive(null);
    router.push(chosen.path);
  };

  /** Several numbers are looked up together; one in a message is taken out of it. False: paste as usual. */
  const takePasted = (pasted: string): boolean => {
    const { keys, leftOut } = pickKeys(pasted, maxLookUpKeys);
    const [only] = keys;
    if (only === undefined || (keys.length === 1 && leftOut.length === 0)) return false;
    setOpen(keys.length === 1);
    if (keys.length === 1) setText(only);
    else {
      keepPasted(pasted, true);
      router.push("/look-up");
    }
    return true;
  };

  return (
    <search className="relative block w-full">
      <form
        method="post"
        onSubmit={(event) => {
          event.preventDefault();
          setOpen(false);
          void send(text.trim());
        }}
      >
        <label
          className={`flex items-center bg-ground text-ink-3 focus-within:outline-2 focus-within:outline-focus ${frames[large ? "large" : "small"]}`}
        >
          <Icon name="search" size={large ? 20 : 16} />
          <span className="sr-only">{t("label")}</span>
          <input
            ref={inputRef}
            role="combobox"
            aria-expanded={isShown}
            aria-controls={isShown ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={isShown && active !== null ? optionId(listId, active) : undefined}
            className={`min-w-0 flex-1 bg-transparent text-ink outline-none ${large ? "text-18" : "max-wide:text-16"}`}
            placeholder={large ? t("placeholder") : t("shortPlaceholder")}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={600}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setOpen(true);
              setActive(null);
            }}
            onPaste={(event) => {
              if (takePasted(event.clipboardData.getData("text"))) event.preventDefault();
            }}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={(event) => handleKey(event, { count: isShown ? suggestions.length : 0, choose })}
          />
          <kbd className="key-cap" aria-hidden="true">
            {keyText}
          </kbd>
        </label>
        {hasFailed && !isShown ? (
          <p role="alert" className="mt-2 text-13 text-failed">
            {t("failed")}
          </p>
        ) : null}
      </form>
      {isShown ? (
        <SuggestionList
          id={listId}
          isWide={large}
          status={status}
          suggestions={suggestions}
          active={active}
          onActive={setActive}
          onLeave={() => setOpen(false)}
        />
      ) : null}
    </search>
  );
};
