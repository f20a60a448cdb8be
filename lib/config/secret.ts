import { hkdfSync, randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** What the installation's secret is used for; each purpose has its own key, so that no hash made for one says anything about another. */
export type KeyPurpose = "event-id" | "content-hash" | "mask" | "searchable" | "session" | "cursor" | "check";

/** The secret of this installation. It never leaves the process; only keys made from it are used. */
export interface Secret {
  /** 32 bytes, always the same for the same secret and purpose. */
  keyFor(purpose: KeyPurpose): Buffer;
}

const secretBytes = 32;

/** Reads the secret, making it on first use. Safe when two processes start at once: one file wins and both read it. */
export async function openSecret(file: string): Promise<Secret> {
  const existing = await readSecret(file);
  const bytes = existing ?? (await createSecret(file));
  return { keyFor: (purpose) => Buffer.from(hkdfSync("sha256", bytes, "", `hopline/${purpose}`, 32)) };
}

async function readSecret(file: string): Promise<Buffer | null> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  const bytes = Buffer.from(text.trim(), "base64url");
  if (bytes.length < secretBytes) {
    throw new Error(
      `${file} does not hold a secret of at least ${secretBytes} bytes in base64url. Put the original file back, or remove it if this Hopline has no data yet.`,
    );
  }
  return bytes;
}

async function createSecret(file: string): Promise<Buffer> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${randomBytes(secretBytes).toString("base64url")}\n`, { mode: 0o600, flush: true });
  await chmod(draft, 0o600);
  try {
    // A hard link never replaces: whoever links first wins, and nobody ever reads half a file.
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await unlink(draft);
  }
  const bytes = await readSecret(file);
  if (!bytes) throw new Error(`${file} could not be read back.`);
  return bytes;
}
