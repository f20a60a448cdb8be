import "server-only";
import type { TokenLine } from "#components/tokens/token-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

/** Newest first, those no longer in force last. */
export async function listTokens(): Promise<readonly TokenLine[]> {
  await requireViewer("tokens.manage");
  const { control, now } = currentConsole();
  const at = now();
  const lines = (await control.access.listTokens()).toReversed().map(({ createdAt: _createdAt, ...token }) => ({
    ...token,
    isExpired: token.expiresAt !== null && token.expiresAt <= at,
  }));
  const isOver = ({ revokedAt, isExpired }: TokenLine): number => (revokedAt !== null || isExpired ? 1 : 0);
  return lines.toSorted((a, b) => isOver(a) - isOver(b));
}
