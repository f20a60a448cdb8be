import type { IconName } from "#components/ui/icon.tsx";

/** Pages in the navigation, in order: those that exist. `text` is a message of the shell. */
export const navPages = [
  { href: "/", text: "overview", icon: "home" },
  { href: "/journeys", text: "records", icon: "list" },
] as const satisfies readonly { readonly href: string; readonly text: string; readonly icon: IconName }[];

export const isCurrentPage = (href: string, path: string): boolean =>
  href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
