"use client";

import type { ReactNode } from "react";
import { FailureNote } from "#components/shell/failure-note.tsx";

const ConsoleError = ({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}): ReactNode => <FailureNote digest={error.digest} retry={reset} />;

export default ConsoleError;
