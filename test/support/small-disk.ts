import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  readonly directory: string;
  unmount(): void;
}

/** A file system of its own, small; null where this process may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return null;
  const directory = mkdtempSync(join(tmpdir(), "hopline-small-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", directory], { stdio: "ignore" });
  } catch {
    rmSync(directory, { recursive: true });
    return null;
  }
  return {
    directory,
    unmount() {
      execFileSync("umount", ["-l", directory], { stdio: "ignore" });
      rmSync(directory, { recursive: true });
    },
  };
}
