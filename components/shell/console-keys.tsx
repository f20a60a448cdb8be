"use client";

import { usePathname, useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { levelUp, pageKeysOf } from "#components/shell/page-keys.ts";
import { ownKeys } from "#components/ui/own-keys.ts";
import { adoptSingleKeys, areKeysTaken, isTyping, useSingleKeys } from "#components/ui/single-keys.ts";
import type { Role } from "#lib/access/role.ts";

const KeyList = lazy(async () => ({ default: (await import("#components/shell/key-list.tsx")).KeyList }));

/** So long after G a letter still belongs to it. */
const pairMs = 1_500;

/** A page with keys of its own answers Esc itself. */
const hasOwnKeys = (): boolean => ownKeys() !== null;

/** Keys of every page: ? for their list, G and a letter for a page, Esc a level up. They do nothing while somebody types. */
export const ConsoleKeys = ({
  role,
  singleKeys,
  saveSingleKeys,
}: {
  readonly role: Role;
  readonly singleKeys: boolean;
  readonly saveSingleKeys: (isOn: boolean) => Promise<void>;
}): ReactNode => {
  const router = useRouter();
  const path = usePathname();
  const isOn = useSingleKeys();
  const [isListed, setListed] = useState(false);
  useEffect(() => adoptSingleKeys(singleKeys, saveSingleKeys), [singleKeys, saveSingleKeys]);
  useEffect(() => {
    let isPair = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const jumpTo = (key: string): boolean => {
      const page = pageKeysOf(role).find((each) => each.key === key);
      if (page !== undefined) router.push(page.href);
      return page !== undefined;
    };
    const leave = (): boolean => {
      const up = hasOwnKeys() ? null : levelUp(path);
      if (up !== null) router.push(up);
      return up !== null;
    };
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || areKeysTaken()) return;
      if (isTyping(event.target)) {
        // first out of the field, then a level up
        if (event.key === "Escape" && event.target instanceof HTMLElement && !hasOwnKeys()) event.target.blur();
        return;
      }
      if (!isOn && event.key !== "Escape") return;
      const key = event.key.toLowerCase();
      const wasPair = isPair;
      isPair = false;
      clearTimeout(timer);
      if (wasPair && jumpTo(key)) {
        event.preventDefault();
        // pages listen for single letters too
        event.stopImmediatePropagation();
      } else if (key === "g") {
        isPair = true;
        timer = setTimeout(() => {
          isPair = false;
        }, pairMs);
      } else if (event.key === "?") {
        setListed(true);
        event.preventDefault();
      } else if (event.key === "Escape" && leave()) event.preventDefault();
    };
    // before the pages' own listeners: what is open now is still open then
    document.addEventListener("keydown", press, { capture: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", press, { capture: true });
    };
  }, [isOn, role, path, router]);
  return isListed ? (
    <Suspense fallback={null}>
      <KeyList role={role} path={path} isOn={isOn} onClose={() => setListed(false)} />
    </Suspense>
  ) : null;
};
