import type { ReactNode } from "react";
import { NotFoundNote } from "#components/shell/not-found-note.tsx";

/** For addresses outside the console's pages, signed in or not. */
const NotFound = (): ReactNode => (
  <main className="mx-auto max-w-160 px-gutter pt-[12vh]">
    <NotFoundNote />
  </main>
);

export default NotFound;
