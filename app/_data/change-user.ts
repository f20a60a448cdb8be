import "server-only";
import { StorageError } from "#lib/storage/storage-error.ts";
import type { Access, User } from "#lib/storage/access.ts";
import { currentConsole } from "#app/_data/console.ts";

/** Changes an account that is there; a change that would leave nobody to administer is not made. */
export async function changeUser(
  id: string,
  change: (access: Access, user: User) => Promise<void>,
): Promise<{ readonly result: "done"; readonly user: User } | { readonly result: "lastAdministrator" | "gone" }> {
  const { access } = currentConsole().control;
  const user = await access.findUser(id);
  if (user === null) return { result: "gone" };
  try {
    await change(access, user);
    return { result: "done", user };
  } catch (error) {
    if (error instanceof StorageError && error.code === "conflict") return { result: "lastAdministrator" };
    throw error;
  }
}
