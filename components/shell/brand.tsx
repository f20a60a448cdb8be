import type { ReactNode } from "react";

/** Two hops, the second not arrived yet. */
export const BrandMark = (): ReactNode => (
  <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true" className="flex-none">
    <circle cx="3" cy="12.5" r="2.5" fill="currentColor" />
    <path d="M4 10C5.5 3 9.5 3 11 10" fill="none" stroke="currentColor" strokeWidth="2" />
    <circle cx="11" cy="12.5" r="2.5" fill="currentColor" />
    <path d="M12 10c1.5-7 5.5-7 7 0" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3 2.2" />
    <circle cx="19" cy="12.5" r="2" fill="none" stroke="currentColor" strokeWidth="1.5" />
  </svg>
);
