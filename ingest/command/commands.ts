import type { Command } from "#ingest/command/command.ts";
import { backup } from "#ingest/command/backup.ts";
import { copy } from "#ingest/command/copy.ts";
import { checkFlow } from "#ingest/command/check-flow.ts";
import { importCommand } from "#ingest/command/import.ts";
import { listDeadLetters } from "#ingest/command/list-dead-letters.ts";
import { redriveDeadLetters } from "#ingest/command/redrive-dead-letters.ts";
import { rejudge } from "#ingest/command/rejudge.ts";
import { replaceSecret } from "#ingest/command/replace-secret.ts";
import { runConsole, runWorker } from "#ingest/command/run-process.ts";
import { createToken, listTokens, revokeToken } from "#ingest/command/token.ts";
import { createUser } from "#ingest/command/create-user.ts";

export const commands: readonly Command[] = [
  runWorker,
  runConsole,
  createUser,
  createToken,
  listTokens,
  revokeToken,
  checkFlow,
  importCommand,
  listDeadLetters,
  redriveDeadLetters,
  rejudge,
  backup,
  copy,
  replaceSecret,
];
