import { RecentSet } from "#lib/storage/recent-set.ts";

const recentTexts = 100_000;

/** What this process has written for a day lately, so that it need not be read and written again. */
export interface Recent {
  has(name: string, day: number): boolean;
  add(name: string, day: number): void;
  clear(): void;
}

export function createRecent(): Recent {
  const names = new RecentSet(recentTexts);
  const nameAt = (name: string, day: number): string => `${day} ${name}`;
  return {
    has: (name, day) => names.has(nameAt(name, day)),
    add: (name, day) => void names.add(nameAt(name, day)),
    clear: () => names.clear(),
  };
}
