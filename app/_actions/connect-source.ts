"use server";

import { tokenCommand } from "#lib/access/token-command.ts";
import { newTokenSecret } from "#lib/access/token-secret.ts";
import type { ConnectAnswer } from "#components/first/declare-answer.ts";
import { currentConsole } from "#app/_data/console.ts";
import { sampleEvent } from "#app/_data/sample-event.ts";
import { requireViewer } from "#app/_data/session.ts";
import { reachedWorkerUrl } from "#app/_data/worker-address.ts";

/** Makes a fresh token that may send events and nothing else, and a command that sends a first one with it. */
export const connectSource = async (): Promise<ConnectAnswer> => {
  const viewer = await requireViewer("sources.connect");
  const { control, now, settings } = currentConsole();
  const at = now();
  const { secret, hash } = newTokenSecret();
  await control.access.createToken(
    {
      name: `first source ${new Date(at).toISOString().slice(0, 16)} (${viewer.name})`,
      scopes: ["ingest"],
      role: viewer.role,
      sources: [],
      systems: [],
      createdAt: at,
      expiresAt: null,
      secretHash: hash,
    },
    viewer.by,
  );
  const sample = await sampleEvent(viewer, { sources: [], systems: [] });
  const addresses = { secret, workerUrl: reachedWorkerUrl(), consoleUrl: settings.publicUrl, sample };
  return { command: tokenCommand("ingest", addresses) };
};
