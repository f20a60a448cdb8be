import { mayDo, type Permission } from "#lib/access/permission.ts";
import type { Role } from "#lib/access/role.ts";
import type { IconName } from "#components/ui/icon.tsx";

interface NavPage {
  readonly href: string;
  /** A message of the shell. */
  readonly text: string;
  readonly icon: IconName;
  /** Whoever may not do this does not see the entry. */
  readonly needs: Permission;
}

/** What people come for: in the top bar, and as tabs on phones. In order; those that exist. */
const mainPages = [
  { href: "/", text: "overview", icon: "home", needs: "records.read" },
  { href: "/failures", text: "failures", icon: "stop", needs: "records.read" },
  { href: "/journeys", text: "records", icon: "list", needs: "records.read" },
  { href: "/flows", text: "flows", icon: "flow", needs: "records.read" },
] as const satisfies readonly NavPage[];

/** What keeps Hopline itself in order: in the account's menu, and beside each other on their own pages. */
const settingsPages = [
  { href: "/settings", text: "settings", icon: "person", needs: "profile.change" },
  { href: "/sources", text: "sources", icon: "eye", needs: "sources.read" },
  { href: "/dead-letters", text: "deadLetters", icon: "stop", needs: "dead_letters.read" },
  { href: "/tokens", text: "tokens", icon: "key", needs: "tokens.manage" },
  { href: "/users", text: "users", icon: "person", needs: "users.manage" },
  { href: "/settings/data", text: "data", icon: "eye", needs: "installation.read" },
  { href: "/audit", text: "audit", icon: "file", needs: "audit.read" },
] as const satisfies readonly NavPage[];

export const mainPagesOf = (role: Role): readonly (typeof mainPages)[number][] =>
  mainPages.filter(({ needs }) => mayDo(role, needs));

export const settingsPagesOf = (role: Role): readonly (typeof settingsPages)[number][] =>
  settingsPages.filter(({ needs }) => mayDo(role, needs));

/** Pages that have others below their address. */
const alone: readonly string[] = ["/", "/settings"];

export const isCurrentPage = (href: string, path: string): boolean =>
  path === href || (!alone.includes(href) && path.startsWith(`${href}/`));
