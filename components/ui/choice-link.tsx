import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";

/** One of several, in a panel: a link to the same page with it chosen. */
export const ChoiceLink = ({
  href,
  isChosen,
  children,
}: {
  readonly href: string;
  readonly isChosen: boolean;
  readonly children: ReactNode;
}): ReactNode => (
  <Link className="menu-item hover:bg-hover" href={href} prefetch={false} aria-current={isChosen ? "true" : undefined}>
    <span className="w-4 flex-none">{isChosen ? <Icon name="check" size={14} /> : null}</span>
    <span className="wrap-anywhere">{children}</span>
  </Link>
);
