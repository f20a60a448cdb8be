import { setTimeout as pause } from "node:timers/promises";
import { CommandError, type CommandContext } from "#ingest/command/command.ts";
import { withControl } from "#ingest/command/with-control.ts";
import { withWorker } from "#ingest/command/with-worker.ts";
import type { Request } from "#lib/storage/requests.ts";

/** Leaves a request for the worker (starting one where none runs) and waits until it is done. Fails with the worker's sentence. */
export const askWorker = (
  context: CommandContext,
  kind: Request["kind"],
  input: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> =>
  withControl(context, ({ requests }) =>
    withWorker(context, async () => {
      const { id } = await requests.add({ kind, input, by: "command", createdAt: context.now() });
      for (;;) {
        const request = await requests.find(id);
        if (request?.state === "done") return request.output ?? {};
        if (request?.state === "failed" || request === null) {
          throw new CommandError(sentenceIn(request) ?? "the worker forgot the request");
        }
        await pause(100);
      }
    }),
  );

const sentenceIn = (request: Request | null): string | null => {
  const sentence = request?.output?.["error"];
  return typeof sentence === "string" ? sentence : null;
};
