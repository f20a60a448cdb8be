"use client";

import { useRef, type ReactNode } from "react";
import { usePrivateFound } from "#components/search/private-found.tsx";
import { SearchField } from "#components/search/search-field.tsx";
import { SearchResults } from "#components/search/search-results.tsx";
import { useSearchKey } from "#components/search/use-search-key.ts";

/** The large field; what a private value found stands below it and in no address. `children` make room for it. */
export const HomeSearch = ({
  initial = "",
  hint,
  children,
}: {
  readonly initial?: string;
  readonly hint?: ReactNode;
  readonly children?: ReactNode;
}): ReactNode => {
  const input = useRef<HTMLInputElement>(null);
  const { answer } = usePrivateFound();
  useSearchKey(input);
  return (
    <>
      <SearchField large initial={initial} inputRef={input} />
      {hint}
      {answer === null ? (
        children
      ) : (
        <div className="mt-6">
          <SearchResults answer={answer} text={null} />
        </div>
      )}
    </>
  );
};
