"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import type { ReactNode } from "react";

/** Lets base-ui's controls work under our policy: no style elements of their own. */
export const StyleNonce = ({
  nonce,
  children,
}: {
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}): ReactNode => (
  <CSPProvider nonce={nonce} disableStyleElements>
    {children}
  </CSPProvider>
);
