import { readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

/** Reads files by their path inside the folder. null: there is none, or it lies outside, also by way of a link. */
export const readInside =
  (folder: string) =>
  (path: string): string | null => {
    try {
      const target = realpathSync(join(folder, path));
      const inside = relative(realpathSync(folder), target);
      const isOutside = inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
      return isOutside ? null : readFileSync(target, "utf8");
    } catch {
      return null;
    }
  };
