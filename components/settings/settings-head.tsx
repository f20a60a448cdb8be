import type { ReactNode } from "react";

/** The head of a settings page: what it is, in a line what it is for, and the one thing to do (`children`). */
export const SettingsHead = ({
  title,
  intro,
  children,
}: {
  readonly title: string;
  readonly intro: string;
  readonly children?: ReactNode;
}): ReactNode => (
  <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
    <div className="min-w-0 flex-1 basis-80">
      <h1 className="text-24 leading-tight font-bold tracking-[-0.01em]">{title}</h1>
      <p className="mt-1 max-w-160 text-ink-2">{intro}</p>
    </div>
    {children}
  </header>
);
