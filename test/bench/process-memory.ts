import { readFileSync } from "node:fs";

export interface MemoryWatch {
  /** Ends the watch; the largest resident size seen, bytes. NaN where /proc is not there to ask. */
  stop(): number;
}

/** Looks at a process's resident memory ten times a second. */
export const watchMemory = (pid: number): MemoryWatch => {
  let largest = Number.NaN;
  const look = (): void => {
    const size = residentBytes(pid);
    if (!Number.isNaN(size)) largest = Number.isNaN(largest) ? size : Math.max(largest, size);
  };
  look();
  const timer = setInterval(look, 100);
  return {
    stop() {
      clearInterval(timer);
      look();
      return largest;
    },
  };
};

const residentBytes = (pid: number): number => {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? Number.NaN : Number(kib) * 1_024;
  } catch {
    return Number.NaN;
  }
};
