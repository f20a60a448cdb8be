import "server-only";
import type { UserLine } from "#components/users/user-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

export async function listUsers(): Promise<readonly UserLine[]> {
  const viewer = await requireViewer("users.manage");
  const users = await currentConsole().control.access.listUsers();
  return users.map(({ id, name, role, disabled, hasPassword, lastSignInAt }) => ({
    id,
    name,
    role,
    state: disabled ? "disabled" : hasPassword ? "active" : "invited",
    lastSignInAt,
    isYou: id === viewer.id,
  }));
}
