import { randomUUID } from "node:crypto";
import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Writes a file that is not there yet, whole or not at all: whoever watches the folder never sees half of it. False where something has
 * that name already; it stays as it is.
 */
export const writeNewFile = async (file: string, text: string): Promise<boolean> => {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, text, { flag: "wx", mode: 0o644, flush: true });
    // a link is made only where nothing has the name; a rename would replace it
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
};
