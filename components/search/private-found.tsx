"use client";

import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import type { SearchAnswer } from "#lib/search/search-answer.ts";

interface PrivateFound {
  readonly answer: SearchAnswer | null;
  readonly show: (answer: SearchAnswer | null) => void;
}

const Context = createContext<PrivateFound>({ answer: null, show: () => {} });

/** Keeps what a private value found while pages change: it stands in memory only, never in an address. */
export const PrivateFoundProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const [answer, show] = useState<SearchAnswer | null>(null);
  const value = useMemo(() => ({ answer, show }), [answer]);
  return <Context value={value}>{children}</Context>;
};

export const usePrivateFound = (): PrivateFound => useContext(Context);
