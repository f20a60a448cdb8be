import { mayDo, type Permission } from "#lib/access/permission.ts";
import type { Role } from "#lib/access/role.ts";

interface PageKey {
  /** Pressed after G. */
  readonly key: string;
  readonly href: string;
  /** A message of the shell. */
  readonly text:
    | "overview"
    | "records"
    | "failures"
    | "flows"
    | "lookUp"
    | "sources"
    | "deadLetters"
    | "settings"
    | "help";
  readonly needs: Permission;
}

const pageKeys: readonly PageKey[] = [
  { key: "o", href: "/", text: "overview", needs: "records.read" },
  { key: "r", href: "/journeys", text: "records", needs: "records.read" },
  { key: "f", href: "/failures", text: "failures", needs: "records.read" },
  { key: "w", href: "/flows", text: "flows", needs: "records.read" },
  { key: "m", href: "/look-up", text: "lookUp", needs: "records.read" },
  { key: "c", href: "/sources", text: "sources", needs: "sources.read" },
  { key: "d", href: "/dead-letters", text: "deadLetters", needs: "dead_letters.read" },
  { key: "e", href: "/settings", text: "settings", needs: "profile.change" },
  { key: "h", href: "/help", text: "help", needs: "records.read" },
];

/** Pages that G and a letter lead to, those the role may open. */
export const pageKeysOf = (role: Role): readonly PageKey[] => pageKeys.filter(({ needs }) => mayDo(role, needs));

/** One level up: a part of a page leads to the page, a page to the overview; null at the top. */
export const levelUp = (path: string): string | null => {
  if (path === "/") return null;
  const parts = path.split("/").slice(1, -1);
  return parts.length === 0 ? "/" : `/${parts.join("/")}`;
};
