import { readFileSync, statSync } from "node:fs";

/** Which process holds a lock on the file, where the system says so (Linux); null where nobody knows. */
export const findLockHolder = (file: string): number | null => {
  try {
    const { ino } = statSync(file);
    const line = readFileSync("/proc/locks", "utf8")
      .split("\n")
      .find((each) => each.includes(" WRITE ") && each.includes(`:${ino} `));
    const process = Number(/ WRITE +(\d+) /u.exec(line ?? "")?.[1]);
    return process > 0 ? process : null;
  } catch {
    return null;
  }
};
