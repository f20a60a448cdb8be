"use client";

import type { ReactNode } from "react";
import { FailureNote } from "#components/shell/failure-note.tsx";

/** Where the shell itself failed. */
const RootError = ({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}): ReactNode => (
  <main className="mx-auto max-w-160 px-gutter pt-[12vh]">
    <FailureNote digest={error.digest} retry={reset} />
  </main>
);

export default RootError;
