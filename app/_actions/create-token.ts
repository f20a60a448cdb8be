"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { roles } from "#lib/access/role.ts";
import { tokenCommand } from "#lib/access/token-command.ts";
import { tokenScopes } from "#lib/access/token-scope.ts";
import { newTokenSecret } from "#lib/access/token-secret.ts";
import type { CreateTokenAnswer } from "#components/tokens/token-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { sampleEvent } from "#app/_data/sample-event.ts";
import { requireViewer } from "#app/_data/session.ts";
import { reachedWorkerUrl } from "#app/_data/worker-address.ts";

const dayMs = 24 * 60 * 60_000;
const [mostNames, longestEntry, longestName] = [50, 200, 60];

const input = z.object({
  name: z.string().max(1_000),
  scopes: z.array(z.enum(tokenScopes)).max(tokenScopes.length),
  role: z.enum(roles),
  sources: z.string().max(20_000),
  systems: z.string().max(20_000),
  days: z.string().regex(/^(?:[1-9]\d{0,3})?$/),
});

const namesIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[,，\n]/)
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  ),
];
const isLong = (names: readonly string[]): boolean =>
  names.length > mostNames || names.some((name) => name.length > longestEntry);

/** Makes a token; its secret is in the answer and nowhere else. */
export const createToken = async (sent: unknown): Promise<CreateTokenAnswer> => {
  const viewer = await requireViewer("tokens.manage");
  const { control, now, settings } = currentConsole();
  const parsed = input.parse(sent);
  const name = parsed.name.normalize("NFC").trim();
  if (name === "") return { result: "nameMissing" };
  if (Array.from(name).length > longestName) return { result: "nameLong" };
  const scopes = tokenScopes.filter((scope) => parsed.scopes.includes(scope));
  if (scopes.length === 0) return { result: "scopesMissing" };
  const isIngest = scopes.includes("ingest");
  const sources = isIngest ? namesIn(parsed.sources) : [];
  const systems = isIngest ? namesIn(parsed.systems) : [];
  if (isLong(sources)) return { result: "sourcesLong" };
  if (isLong(systems)) return { result: "systemsLong" };
  const at = now();
  const { secret, hash } = newTokenSecret();
  const expiresAt = parsed.days === "" ? null : at + Number(parsed.days) * dayMs;
  await control.access.createToken(
    { name, scopes, role: parsed.role, sources, systems, createdAt: at, expiresAt, secretHash: hash },
    viewer.by,
  );
  revalidatePath("/tokens");
  const sample = await sampleEvent(viewer, { sources, systems });
  const addresses = { secret, workerUrl: reachedWorkerUrl(), consoleUrl: settings.publicUrl, sample };
  const commands = scopes.map((scope) => ({ scope, command: tokenCommand(scope, addresses) }));
  return { result: "created", name, secret, commands };
};
